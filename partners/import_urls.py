"""Addresses of imports, under /imports/."""

from django.urls import path

from partners.views import imports

app_name = "imports"

urlpatterns = [
    path("", imports.BatchListView.as_view(), name="batch_list"),
    path("new/", imports.UploadView.as_view(), name="upload"),
    path("template/", imports.TemplateView.as_view(), name="template"),
    path("<int:pk>/", imports.BatchDetailView.as_view(), name="batch_detail"),
    path("<int:pk>/progress/", imports.ProgressView.as_view(), name="progress"),
    path("<int:pk>/mapping/", imports.MappingView.as_view(), name="mapping"),
    path("<int:pk>/rows/", imports.RowListView.as_view(), name="rows"),
    path("<int:pk>/rows/<int:number>/", imports.RowDetailView.as_view(), name="row"),
    path("<int:pk>/approve/", imports.ApproveView.as_view(), name="approve"),
    path("<int:pk>/errors/", imports.ErrorsFileView.as_view(), name="errors_file"),
    path("<int:pk>/undo/", imports.UndoView.as_view(), name="undo"),
    path("<int:pk>/retry/", imports.RetryView.as_view(), name="retry"),
    path("<int:pk>/abandon/", imports.AbandonView.as_view(), name="abandon"),
]
