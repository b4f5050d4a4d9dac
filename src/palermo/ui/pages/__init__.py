"""The pages of the look itself: gallery, choice of theme, quick exit."""
