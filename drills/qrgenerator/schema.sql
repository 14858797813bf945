-- The tables of the QR Generator. Runs as the role that owns the database.

create table "User" (
  id bigint generated always as identity primary key,
  email text not null unique check (position('@' in email) > 1),
  name text not null,
  "createdAt" timestamptz not null default now()
);

create table "ApiKey" (
  id bigint generated always as identity primary key,
  "userId" bigint not null references "User" (id) on delete cascade,
  -- Never the key itself: SHA-256 of the pepper, a colon, and the key.
  "keyHash" text not null unique check (length("keyHash") = 64),
  "createdAt" timestamptz not null default now(),
  "revokedAt" timestamptz
);

create index "ApiKey_userId" on "ApiKey" ("userId");

create table "QrCode" (
  id bigint generated always as identity primary key,
  "userId" bigint not null references "User" (id) on delete cascade,
  -- What is printed: it must lead to the same target for as long as the paper lasts.
  slug text not null unique check (length(slug) between 1 and 64),
  target text not null,
  "createdAt" timestamptz not null default now()
);

create index "QrCode_userId" on "QrCode" ("userId");

create table "QrCodeScan" (
  id bigint generated always as identity primary key,
  "qrCodeId" bigint not null references "QrCode" (id) on delete cascade,
  -- Chosen by the scanner: a scan that is sent again is one scan.
  ref text not null unique,
  "scannedAt" timestamptz not null default now()
);

create index "QrCodeScan_qrCodeId" on "QrCodeScan" ("qrCodeId");
