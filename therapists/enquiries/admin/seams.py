"""Where other rooms add to the workplace, through hooks: it knows none of them by name."""

from wagtail.admin.menu import Menu

#: The links above the inbox. Who may see the inbox may see them all.
workplace_menu = Menu(register_hook_name="register_enquiries_menu_item")
