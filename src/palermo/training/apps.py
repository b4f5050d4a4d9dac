"""Training: a simulated region poured into records, agencies that act on it, what they did held against the truth."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "palermo.training"
    label = "training"
    verbose_name = "Training"
