"""The calls that the contract names, and those it asks for in words: the published document is held against them."""

#: The calls of the contract that are open so far, the names in braces left out.
CONTRACT = """
GET /v1/campus
GET /v1/guidance
POST /v1/sign-in
POST /v1/renew
POST /v1/sign-out
GET /v1/me
PUT /v1/password
PUT /v1/pins
POST /v1/invitations/accept
PUT /v1/handset
POST /v1/taps
GET /v1/incidents
GET /v1/incidents/{}
POST /v1/incidents/{}/positions
POST /v1/positions
GET /v1/incidents/{}/messages
POST /v1/incidents/{}/messages
POST /v1/incidents/{}/cancel
GET /v1/profile
PUT /v1/profile
GET /v1/profile/views
POST /v1/incidents/{}/profile
GET /v1/check-in
PUT /v1/check-in
POST /v1/check-in/end
PUT /v1/duty
GET /v1/offers
POST /v1/offers/{}/accept
POST /v1/offers/{}/decline
POST /v1/incidents/{}/moves
POST /v1/receipts
GET /v1/broadcasts
POST /v1/broadcasts/{}/answer
GET /v1/stream
GET /v1/concerns/keys
GET /v1/concerns/challenge
POST /v1/concerns
POST /v1/concerns/mailbox
GET /console/api/board
GET /console/api/incidents
POST /console/api/incidents
GET /console/api/incidents/{}
POST /console/api/incidents/{}/assign
GET /console/api/incidents/{}/messages
POST /console/api/incidents/{}/messages
POST /console/api/incidents/{}/notes
POST /console/api/incidents/{}/profile
POST /console/api/incidents/{}/resolve
GET /console/api/incidents/{}/explain
GET /console/api/alarms
POST /console/api/alarms/{}/take
GET /console/api/officers
GET /console/api/people
GET /console/api/broadcasts/{}/tally
GET /console/api/broadcasts/{}/unaccounted
GET /console/api/campus
GET /console/api/reports
GET /console/api/audit
POST /console/api/sessions/{}/end
POST /console/api/broadcasts
POST /console/api/broadcasts/{}/issue
POST /console/api/broadcasts/{}/confirm
POST /console/api/broadcasts/{}/update
POST /console/api/broadcasts/{}/clear
POST /console/api/broadcasts/{}/retract
POST /console/api/cap
"""

#: What the contract says in words (step-up, second factor, ending one's own sessions, roles, holds, answers by text
#: and keypad; "for advisers `concerns`") and gives no name.
ARMS = {
    "GET /console/api/concerns",
    "GET /console/api/concerns/{}",
    "POST /console/api/concerns/{}/assign",
    "POST /console/api/concerns/{}/hand-over",
    "POST /console/api/concerns/{}/share",
    "POST /console/api/concerns/{}/recuse",
    "GET /console/api/concerns/left-behind",
    "POST /console/api/concerns/{}/restore",
    "GET /console/api/concerns/keys",
    "PUT /console/api/concerns/keys",
    "DELETE /console/api/concerns/keys/{}",
    "GET /console/api/concerns/advisers",
    "PUT /console/api/concerns/introduction",
    "GET /console/api/concerns/leave",
    "PUT /console/api/concerns/leave",
    "DELETE /console/api/concerns/leave",
    "POST /v1/devices/{}/taps",
    "GET /console/api/campus/proof",
    "GET /console/api/campus/path",
    "GET /console/api/reports.csv",
    "GET /console/api/cap",
    "POST /console/api/cap/{}/adopt",
    "POST /console/api/cap/{}/dismiss",
    "POST /v1/replies/sms",
    "POST /v1/replies/voice",
    "POST /v1/replies/status",
    "GET /console/api/holds",
    # The control room's own work on a case.
    "POST /console/api/incidents/{}/take",
    "POST /console/api/incidents/{}/ask-again",
    "PUT /console/api/incidents/{}/protocol/{}",
    "PUT /console/api/incidents/{}/methane",
    "POST /console/api/incidents/{}/links",
    "DELETE /console/api/incidents/{}/links/{}",
    "POST /console/api/incidents/{}/messages/read",
    "POST /console/api/incidents/{}/hold",
    "POST /console/api/incidents/{}/hold/release",
    "POST /console/api/incidents/{}/hold/release/confirm",
    "DELETE /console/api/incidents/{}/hold/release",
    "POST /console/api/audit/verify",
    "PUT /console/api/people/{}/roles",
    "GET /console/api/sessions/{}",
    "GET /console/api/broadcasts",
    "GET /console/api/broadcasts/{}",
    "PUT /console/api/broadcasts/{}",
    "DELETE /console/api/broadcasts/{}",
    "GET /v1/sessions",
    "POST /v1/sessions/{}/end",
    "POST /v1/step-up",
    "PUT /console/api/sound",
    "POST /console/api/sign-in",
    "GET /console/api/session",
    "POST /console/api/sign-out",
    "POST /console/api/step-up",
    "GET /v1/second-factor",
    "POST /v1/second-factor",
    "POST /v1/second-factor/confirm",
    "POST /console/api/second-factor",
    "POST /console/api/second-factor/confirm",
    # What two advisers do with a concern.
    "POST /console/api/concerns/{}/triage",
    "POST /console/api/concerns/{}/notes",
    "POST /console/api/concerns/{}/replies",
    "GET /console/api/concerns/{}/referrals",
    "POST /console/api/concerns/{}/referrals",
    "POST /console/api/concerns/{}/referrals/{}/sent",
    "DELETE /console/api/concerns/{}/referrals/{}",
    "POST /console/api/concerns/{}/close",
    "POST /console/api/concerns/{}/reopen",
    "GET /console/api/concerns/{}/hold",
    "POST /console/api/concerns/{}/hold",
    "POST /console/api/concerns/{}/hold/confirm",
    "DELETE /console/api/concerns/{}/hold",
    "GET /console/api/concerns/referral-sheet",
    "GET /console/api/concerns/statistics",
}

#: Doors without a lock, each with its reason in the contract.
OPEN_DOORS = {
    "GET /v1/campus",
    "GET /v1/guidance",
    "POST /v1/sign-in",
    "POST /v1/invitations/accept",
    "POST /console/api/sign-in",
    "POST /v1/devices/{device_id}/taps",
    "POST /v1/replies/sms",
    "POST /v1/replies/voice",
    "POST /v1/replies/status",
    "GET /v1/concerns/keys",
    "GET /v1/concerns/challenge",
    "POST /v1/concerns",
    "POST /v1/concerns/mailbox",
}

#: Calls whose body is another authority's document and no JSON.
XML_BODIES = {"POST /console/api/cap"}
