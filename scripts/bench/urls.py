"""The product's addresses, a view that does nothing, and the same list in Django's admin."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpResponse
from django.urls import include, path

from housing.models import Vacancy
from westerkwartier.web.clock import today


class Site(AdminSite):
    """An admin for whoever is signed in: our users carry no rights of Django's own."""

    def has_permission(self, request):
        return request.user.is_authenticated


class VacancyAdmin(ModelAdmin):
    """The list as somebody would make it in an afternoon: our columns, filters and order."""

    list_display = (
        "address",
        "village",
        "municipality",
        "kind",
        "bedrooms",
        "net_rent",
        "available_from",
        "state",
        "verdict",
    )
    list_filter = ("verdict", "state", "dwelling__village")
    search_fields = ("dwelling__street", "dwelling__postcode", "dwelling__village__name")
    list_select_related = ("dwelling__village",)
    list_per_page = 50
    ordering = ("-available_from", "-pk")

    def get_queryset(self, request):
        return Vacancy.objects.visible_to(request.user).with_municipality(today())

    def has_view_permission(self, request, obj=None):
        return True

    has_change_permission = has_add_permission = has_delete_permission = has_view_permission
    has_module_permission = has_view_permission

    def address(self, obj):
        return obj.dwelling.address

    def village(self, obj):
        return obj.dwelling.village.name

    def municipality(self, obj):
        return obj.municipality_name

    def kind(self, obj):
        return obj.dwelling.get_kind_display()

    def bedrooms(self, obj):
        return obj.dwelling.bedrooms


def hello(request):
    return HttpResponse("hello")


admin = Site(name="admin")
admin.register(Vacancy, VacancyAdmin)

urlpatterns = [
    path("hello/", hello),
    path("admin/", admin.urls),
    path("", include("westerkwartier.urls")),
]
