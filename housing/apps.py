from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = _("Housing")

    def ready(self):
        from housing.services.importing.coa_links import COA_LINKS
        from housing.services.importing.coa_sign_offs import COA_SIGN_OFFS
        from housing.services.importing.dwellings import DWELLINGS
        from housing.services.importing.vacancies import VACANCIES
        from partners.services.imports.kinds import register_kind

        register_kind(DWELLINGS)
        register_kind(VACANCIES)
        register_kind(COA_LINKS)
        register_kind(COA_SIGN_OFFS)
