"""`dojo page`: what the watch knows, on a page for a second screen or a shared one."""
