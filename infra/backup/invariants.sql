-- What must be true of every store, whoever wrote to it. Each query finds what breaks one promise and names it in its
-- first column; nothing found is well. The same text runs on SQLite and on PostgreSQL.
-- A heading is the promise it rests on, and how the sentence goes on after a number.

-- I1: taps have no case
SELECT t.tap_id FROM taps t LEFT JOIN incidents i ON i.id = t.incident_id WHERE i.id IS NULL;

-- I1: open cases wait for nothing: no yes that counts, no next step, no alarm
SELECT i.number FROM incidents i
WHERE i.closed_at IS NULL AND i.next_step_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.incident_id = i.id
                  AND o.state IN ('accepted', 'en_route', 'on_scene') AND NOT o.late)
  AND NOT EXISTS (SELECT 1 FROM alarms a WHERE a.incident_id = i.id);

-- I3: offers are about no case
SELECT o.id FROM offers o LEFT JOIN incidents i ON i.id = o.incident_id WHERE i.id IS NULL;

-- I4: streams have a gap, or do not end with their newest message
SELECT s.person_id FROM streams s JOIN messages m ON m.person_id = s.person_id AND m.face = s.face AND NOT m.set_aside
GROUP BY s.person_id, s.face, s.last_seq
HAVING MAX(m.seq) <> s.last_seq OR MAX(m.seq) - MIN(m.seq) + 1 <> COUNT(*);

-- I4: messages are in no stream
SELECT m.id FROM messages m LEFT JOIN streams s ON s.person_id = m.person_id AND s.face = m.face
WHERE s.person_id IS NULL;

-- I5: cases are closed by their state or by their time, and not by both
SELECT i.number FROM incidents i WHERE (i.state IN ('resolved', 'cancelled')) <> (i.closed_at IS NOT NULL);

-- I6: closed cases still have something due
SELECT i.number FROM incidents i
WHERE i.closed_at IS NOT NULL AND (i.next_step_at IS NOT NULL OR i.late_at IS NOT NULL);

-- I6: offers of closed cases still wait for somebody
SELECT o.id FROM offers o JOIN incidents i ON i.id = o.incident_id
WHERE i.closed_at IS NOT NULL AND o.state IN ('offered', 'accepted', 'en_route', 'on_scene');

-- I7: cases have more officers than they want, whom no controller sent
SELECT i.number FROM incidents i JOIN offers o ON o.incident_id = i.id
WHERE o.state IN ('accepted', 'en_route', 'on_scene') AND NOT o.late
  AND NOT EXISTS (SELECT 1 FROM progress p
                  WHERE p.incident_id = i.id AND p.stage = 'assigned' AND p.by = o.officer_id)
GROUP BY i.number, i.wanted HAVING COUNT(DISTINCT o.officer_id) > i.wanted;

-- I9: events are neither told, due nor dead
SELECT e.id FROM outbox e
WHERE (e.done AND e.relayed_at IS NULL AND e.dead_at IS NULL) OR (NOT e.done AND e.attempts >= :event_attempts);

-- I9: events are dead and no alarm says so
SELECT e.id FROM outbox e
WHERE e.dead_at >= :lately
  AND NOT EXISTS (SELECT 1 FROM alarms a
                  WHERE a.reason = 'dead_letter' AND (a.taken_at IS NULL OR a.taken_at >= e.dead_at));

-- I9: deliveries are neither done, due nor dead
SELECT d.id FROM deliveries d
WHERE (d.finished_at IS NULL) <> (d.outcome IS NULL)
   OR (d.finished_at IS NULL AND d.attempts > :delivery_attempts);

-- I10: cases were raised without a line in the audit
SELECT i.number FROM incidents i
WHERE REPLACE(LOWER(CAST(i.id AS VARCHAR(36))), '-', '') NOT IN
      (SELECT REPLACE(a.about_id, '-', '') FROM audit a WHERE a.about = 'incident' AND a.about_id IS NOT NULL);
