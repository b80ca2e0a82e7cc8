"""Every table of every slice, in one metadata."""

from backend.alarms import alarm
from backend.approvals import approval
from backend.broadcasts import broadcast, roll
from backend.campus import campus_store
from backend.casework import casework
from backend.concerns import adviser, concern
from backend.devices import device
from backend.dispatch import disclosure, offer
from backend.inbox import inbox_store
from backend.incidents import check_in, face, hold, incident
from backend.kernel import audit, outbox, process_store
from backend.kernel.database import Base
from backend.people import account, duty, handset, hush, pin, profile, second_factor, sign_in
from notifications import delivery, reply, wave

#: Imported so that each has put its tables into the metadata.
OWNERS = (
    account,
    adviser,
    alarm,
    approval,
    audit,
    broadcast,
    campus_store,
    casework,
    check_in,
    concern,
    delivery,
    device,
    disclosure,
    duty,
    face,
    handset,
    hold,
    hush,
    inbox_store,
    incident,
    offer,
    outbox,
    process_store,
    profile,
    reply,
    roll,
    second_factor,
    pin,
    sign_in,
    wave,
)

METADATA = Base.metadata
