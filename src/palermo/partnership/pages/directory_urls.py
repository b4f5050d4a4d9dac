"""Addresses of the directory."""

from django.urls import path

from palermo.partnership.pages import contacts, corridors, directory, directory_file, posts

urlpatterns = [
    path("directory/", directory.directory, name="directory"),
    path("directory/unconfirmed/", directory.silent, name="unconfirmed"),
    path("directory/file/", directory_file.directory_file, name="directory_file"),
    path("directory/export/", directory_file.directory_export, name="directory_export"),
    path("directory/officials/", directory.contacts, name="contacts"),
    path("directory/officials/add/", contacts.contact_add, name="contact_add"),
    path("directory/officials/<uuid:pk>/", contacts.contact_page, name="contact"),
    path("directory/officials/<uuid:pk>/change/", contacts.contact_change, name="contact_change"),
    path("directory/officials/<uuid:pk>/designate/", posts.designation_add, name="designation_add"),
    path("directory/posts/<uuid:pk>/end/", posts.designation_end, name="designation_end"),
    path("directory/posts/<uuid:pk>/confirm/", posts.designation_confirm, name="designation_confirm"),
    path("directory/organisations/add/", contacts.organisation_add, name="organisation_add"),
    path("directory/corridors/", corridors.corridors, name="corridors"),
    path("directory/corridors/add/", corridors.corridor_add, name="corridor_add"),
]
