"""Two factors, one answer for every wrong pair, and a wait that always ends."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.fault import Fault
from app.identity.passwords import Passwords, WeakPasswordError, refuse_weak
from app.identity.staff_login import PasswordLogin, matching_step
from app.places.place import Role, Staff
from tests.support.fake_identity_stores import FakeStaffSecrets, FakeTries

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NURSE = Staff("staff-1", "131016", "clinic-1", "nurse.a", "見本 看護師", Role.NURSE)
PASSWORD = "correct horse 電池"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REFUSED = Fault("", "staff_login_refused")
TOO_MANY = Fault("", "too_many_tries")


class CountedPasswords(Passwords):
    """Counts how often a hash was compared: the work an outsider could measure."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, time_cost=1, parallelism=1)
        self.compared = 0

    def matches(self, password_hash: str, password: str) -> bool:
        self.compared += 1
        return super().matches(password_hash, password)


@dataclass
class World:
    secrets: FakeStaffSecrets = field(default_factory=FakeStaffSecrets)
    tries: FakeTries = field(default_factory=FakeTries)
    passwords: CountedPasswords = field(default_factory=CountedPasswords)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.login = PasswordLogin(self.secrets, self.tries, self.passwords, new_totp_secret=lambda: SECRET)
        assert self.login.add(NURSE, PASSWORD) == SECRET

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(SECRET).at(self.now + timedelta(seconds=30 * steps))

    def sign_in(
        self, login: str = "nurse.a", password: str = PASSWORD, code: str | None = None
    ) -> Staff | Fault:
        return self.login.sign_in(login, password, self.code() if code is None else code, self.now)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def world() -> World:
    return World()


def test_sign_in_when_both_factors_are_right_then_who_it_is(world: World) -> None:
    assert world.sign_in() == NURSE


def test_sign_in_when_typed_with_a_japanese_keyboard_then_still_right(world: World) -> None:
    wide = world.code().translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    login = "\uff2e\uff35\uff32\uff33\uff25.a "
    assert world.sign_in(login, "\uff43orrect\u3000horse 電池", f"{wide[:3]} {wide[3:]}") == NURSE


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_sign_in_when_the_clock_is_a_step_off_then_right(world: World, steps: int) -> None:
    assert world.sign_in(code=world.code(steps)) == NURSE


@pytest.mark.parametrize("code", ["", "000000", "12345", "1234567", "abcdef", "１２３あ", "0" * 10_000])
def test_sign_in_when_the_code_is_wrong_then_refused(world: World, code: str) -> None:
    assert world.sign_in(code=code) == REFUSED


@pytest.mark.parametrize("steps", [-2, 2])
def test_sign_in_when_the_clock_is_two_steps_off_then_refused(world: World, steps: int) -> None:
    assert world.sign_in(code=world.code(steps)) == REFUSED


@pytest.mark.parametrize("password", ["", "wrong horse 電池", PASSWORD + " ", "x" * 100_000, "\x00"])
def test_sign_in_when_the_password_is_wrong_then_refused(world: World, password: str) -> None:
    assert world.sign_in(password=password) == REFUSED


def test_sign_in_when_the_login_is_unknown_then_same_answer_and_same_work(world: World) -> None:
    for login in ("nobody", "", "x" * 10_000):
        before = world.passwords.compared
        assert world.sign_in(login) == REFUSED
        assert world.passwords.compared == before + 1


def test_sign_in_when_a_code_comes_twice_then_the_second_is_refused(world: World) -> None:
    code = world.code()
    assert world.sign_in(code=code) == NURSE
    assert world.sign_in(code=code) == REFUSED
    assert world.sign_in(code=world.code(-1)) == REFUSED
    assert world.sign_in(code=world.code(1)) == NURSE


def test_sign_in_when_two_use_one_code_at_once_then_only_one_is_let_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = world.secrets.kept["nurse.a"]
    assert world.sign_in() == NURSE
    monkeypatch.setattr(world.secrets, "find", lambda _login: stale)  # read before the other wrote
    assert world.sign_in() == REFUSED


def test_sign_in_when_the_password_is_wrong_then_the_code_is_not_used_up(world: World) -> None:
    assert world.sign_in(password="wrong") == REFUSED
    assert world.sign_in() == NURSE


def test_sign_in_when_five_failed_then_even_the_right_pair_waits_ten_minutes(world: World) -> None:
    for _ in range(5):
        assert world.sign_in(code="000000") == REFUSED
    compared = world.passwords.compared
    assert world.sign_in() == TOO_MANY
    assert world.passwords.compared == compared
    world.later(minutes=10, seconds=1)
    assert world.sign_in() == NURSE


def test_sign_in_when_failing_all_day_then_the_wait_grows_and_ends(world: World) -> None:
    tried = 0
    for _ in range(24 * 6):
        tried += world.sign_in(code="000000") == REFUSED
        tried += sum(world.sign_in(code="000000") == REFUSED for _ in range(9))
        world.later(minutes=10)
    assert tried == 60
    world.later(days=1)
    assert world.sign_in() == NURSE


def test_sign_in_when_one_is_locked_out_then_another_is_not(world: World) -> None:
    world.login.add(replace(NURSE, id="staff-2", login="doctor.b"), PASSWORD)
    for _ in range(6):
        world.sign_in("doctor.b", code="000000")
    assert world.sign_in("doctor.b") == TOO_MANY
    assert world.sign_in() == NURSE


def test_sign_in_when_unknown_then_it_is_counted_alike(world: World) -> None:
    assert [world.sign_in("nobody") for _ in range(6)] == [REFUSED] * 5 + [TOO_MANY]
    assert "nobody" not in str(world.tries.made)


def test_sign_in_when_it_succeeds_often_then_nobody_is_locked_out(world: World) -> None:
    for _ in range(20):
        world.later(seconds=30)
        assert world.sign_in() == NURSE


def test_sign_in_when_the_kept_hash_is_damaged_then_refused(world: World) -> None:
    world.secrets.kept["nurse.a"] = replace(world.secrets.kept["nurse.a"], password_hash="$argon2id$damaged")
    assert world.sign_in() == REFUSED


def test_add_when_kept_then_the_password_is_nowhere(world: World) -> None:
    kept = world.secrets.kept["nurse.a"]
    assert kept.password_hash.startswith("$argon2id$")
    assert PASSWORD not in repr(kept)
    assert SECRET not in repr(kept)


def test_add_when_the_login_is_taken_then_refused(world: World) -> None:
    with pytest.raises(ValueError, match="taken"):
        world.login.add(replace(NURSE, id="staff-2", login=" Nurse.A"), PASSWORD)
    with pytest.raises(ValueError, match="login"):
        world.login.add(replace(NURSE, id="staff-3", login="  "), PASSWORD)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "twelve chars",
        "password12345",
        "Passw0rd!!!!!",
        "qwertyqwerty!",
        "1234567890123",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "nurse.a-nurse.a",
        "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11\uff12\uff13\uff14\uff15",
        "x1y2z3w4v5" * 30,
    ],
)
def test_password_when_weak_then_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        refuse_weak(password, "nurse.a")


@pytest.mark.parametrize("password", [PASSWORD, "tR7#kkq9-Lm2x", "むかしむかし あるところに"])
def test_password_when_strong_then_kept(password: str) -> None:
    refuse_weak(password, "nurse.a")


def test_nobodys_hash_when_compared_then_it_is_readable_and_matches_nothing() -> None:
    passwords = Passwords(memory_kib=8, time_cost=1)
    assert passwords.nobody.count("$") == passwords.hashed(PASSWORD).count("$")
    assert not passwords.matches(passwords.nobody, PASSWORD)
    assert not passwords.matches(passwords.nobody, "")


def test_matching_step_when_right_then_the_step_of_the_code() -> None:
    step = int(NOON.timestamp()) // 30
    assert matching_step(SECRET, pyotp.TOTP(SECRET).at(NOON), NOON) == step
    assert matching_step(SECRET, "", NOON) is None
