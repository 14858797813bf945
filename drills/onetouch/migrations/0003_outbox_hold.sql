-- Pending e-mails from before the latest hold are not sent: after a restore nobody knows which of them were.

create table "OutboxHold" (
  "id" bigint generated always as identity primary key,
  "heldBefore" timestamptz(3) not null,
  "reason" text not null
);
