from django import template

from core.phone_numbers import phone_uri

register = template.Library()
register.filter("phone_uri", phone_uri)
