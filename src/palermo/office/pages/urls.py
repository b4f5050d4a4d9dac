"""x"""

app_name = "office"
urlpatterns = []
