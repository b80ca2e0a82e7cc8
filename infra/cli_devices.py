"""`bluelight devices`: buttons that are no phones."""

from datetime import datetime
from uuid import UUID

import click

from backend.campus.zone import is_on_earth
from backend.devices import device_store, registering
from backend.devices.device import Device
from backend.devices.registering import NewDevice
from backend.kernel.vocabulary import Kind
from backend.people import people_store
from infra.cli_desk import Desk, Refused, refusing


@click.group()
def devices() -> None:
    """Buttons that are no phones: on a wall, under a desk, on a satellite link."""


@devices.command("add")
@click.option("--name", required=True, help="What the control room calls it, as 'Library desk, level 2'.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default="emergency", show_default=True)
@click.option("--person", help="The address of the person whose device it is.")
@click.option("--zone", help="The id of the zone where it hangs.")
@click.option("--at", "place", help="Where it hangs, as latitude,longitude.")
@click.option("--exercise", is_flag=True, help="For drills: its cases ask exercise officers only.")
@click.pass_obj
@refusing
def add(
    desk: Desk, name: str, kind: str, person: str | None, zone: str | None, place: str | None, *, exercise: bool
) -> None:
    """Register a device; prints its secret, which is shown only here."""
    new = NewDevice(name, Kind(kind), person, zone, _place(place) if place else None, exercise)
    device, secret = desk.database.write(registering.register, new, by=None, now=desk.now())
    click.echo(f"{device.name} is registered. It posts to /v1/devices/{device.id}/taps and signs with this secret,")
    click.echo("which is shown only here:")
    click.echo(secret)


@devices.command("list")
@click.pass_obj
@refusing
def list_(desk: Desk) -> None:
    """Every device: its id, whose it is or where it hangs, and when it was last heard of."""
    found = desk.database.read(device_store.everything)
    names = desk.database.read(people_store.names, {one.person_id for one in found if one.person_id})
    for one in found:
        whose = names.get(one.person_id, "") if one.person_id else one.zone_id or f"{one.latitude},{one.longitude}"
        remarks = "; ".join(_remarks(one))
        click.echo(f"{one.id}  {one.kind:9}  {one.name}  ({whose})  {remarks}")
    if not found:
        click.echo("There is no device.")


@devices.command("rotate")
@click.argument("device_id", type=click.UUID)
@click.pass_obj
@refusing
def rotate(desk: Desk, device_id: UUID) -> None:
    """Print a new secret; the one before is good for nothing from now on."""
    device, secret = desk.database.write(registering.rotate, device_id, by=None, now=desk.now())
    click.echo(f"{device.name} signs with this secret from now on, which is shown only here:")
    click.echo(secret)


@devices.command("remove")
@click.argument("device_id", type=click.UUID)
@click.pass_obj
@refusing
def remove(desk: Desk, device_id: UUID) -> None:
    """Take nothing from a device any more; its cases stay."""
    device = desk.database.write(registering.remove, device_id, by=None, now=desk.now())
    click.echo(f"{device.name} is removed: nothing is taken from it any more.")


def _place(text: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise Refused("--at is written as latitude,longitude, as 51.4982,-0.1784.") from None
    if not is_on_earth(latitude, longitude):
        raise Refused(f"--at: there is no place {text}.")
    return latitude, longitude


def _remarks(device: Device) -> list[str]:
    remarks = [f"heard of {_minute(device.heard_at)}" if device.heard_at else "never heard of"]
    remarks += [f"battery {device.battery} %"] if device.battery is not None else []
    remarks += ["exercise"] if device.exercise else []
    return remarks + ([] if device.active else ["removed"])


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
