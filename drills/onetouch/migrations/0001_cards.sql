-- Brands, their branches and users, and the users' cards.

create table "Brand" (
  "id" text primary key,
  "name" text not null check ("name" <> ''),
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now()
);

create table "Branch" (
  "id" text primary key,
  "brandId" text not null references "Brand" ("id"),
  "city" text not null,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now()
);

create index "Branch_brandId_idx" on "Branch" ("brandId");

create table "User" (
  "id" text primary key,
  "branchId" text not null references "Branch" ("id"),
  "email" text not null unique,
  "name" text not null,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now()
);

create index "User_branchId_idx" on "User" ("branchId");

create table "Card" (
  "id" bigint generated always as identity primary key,
  -- What the card's address ends with. Chosen by the client: a card sent again after a lost answer is refused here.
  "slug" text not null unique,
  "userId" text not null references "User" ("id"),
  "title" text not null,
  -- Counts the changes of the row, so that the cache can tell an older copy from a newer one.
  "version" integer not null default 1,
  -- The photo in the assets bucket. Each has a key of its own: replacing a photo never overwrites the one before it.
  "photoKey" text,
  "photoEtag" text,
  "createdAt" timestamptz(3) not null default now(),
  "updatedAt" timestamptz(3) not null default now(),
  check (("photoKey" is null) = ("photoEtag" is null))
);

create index "Card_userId_idx" on "Card" ("userId");
