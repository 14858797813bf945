-- E-mails that are to be sent: written in the transaction that causes them, sent by the application a moment later.

create table "Email" (
  -- Not a number from a sequence: after a restore those would be given out again, to other e-mails.
  "id" uuid primary key default gen_random_uuid(),
  "cardId" bigint not null references "Card" ("id"),
  "recipient" text not null,
  "subject" text not null,
  "status" text not null default 'pending' check ("status" in ('pending', 'sent')),
  "createdAt" timestamptz(3) not null default now(),
  "sentAt" timestamptz(3)
);

create index "Email_pending_idx" on "Email" ("createdAt") where "status" = 'pending';
create index "Email_cardId_idx" on "Email" ("cardId");
