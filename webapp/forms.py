"""The sign-in form; what each audience fills in lives in its own `forms`."""

from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from webapp.words import marked

REQUIRED = marked("Xin điền ô này.")


class SignInForm(Form):
    """Name and password."""

    username = StringField(marked("Tên đăng nhập"), [InputRequired(REQUIRED), Length(max=60)])
    password = PasswordField(marked("Mật khẩu"), [InputRequired(REQUIRED), Length(max=200)])
    next = HiddenField()
