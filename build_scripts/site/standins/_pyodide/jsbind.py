"""No JavaScript is called with types of its own: every call goes by the signature that takes anything."""

from _pyodide_core import JsFuncSignature, js2py_default_call_result, py2js_default


no_default = object()


def _anything(*args, **kwargs):
    pass


default_signature = JsFuncSignature(
    _anything, False, 0, (), (), py2js_default, (), (), (), py2js_default, js2py_default_call_result
)
