"""How every form looks: the renderer that Django asks for its form and field templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms in our own templates: label, hint, error and control tied together for a screen reader.

    A form that is not valid starts with a summary of its errors, each a link to its field.
    Fields that may stay empty say so; a form class with ``mark_optional = False`` does not.
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
