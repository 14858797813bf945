package dev.drillbook.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes every bad catalogue out of a good one.
 *
 * @param escaped the folder that hostile backups try to leave a file in
 * @param random what keys and salts are made of
 */
record BadCatalogues(
    Map<Form, Catalogue> good, Nights nights, Shop shop, Dumps dumps, Path escaped, Random random) {

  /** More than any folder is below the root. */
  private static final String UP = "../".repeat(40);

  void make(BadBackup kind, Path folder) throws IOException, SQLException {
    Catalogue sound = good.get(kind.form());
    if (kind == BadBackup.EMPTY_CATALOGUE) {
      Catalogue.make(kind.form(), folder, sound.latest());
      return;
    }
    Catalogue bad = sound.linked(folder, nights.kept());
    switch (kind) {
      case TOO_OLD, MISSING_DAY, MISSING_MONTH, FUTURE_TIME -> atOtherTimes(kind, bad);
      case MISSING_ROLE -> bad.putGlobals(nights.newest(), withoutRole(bad));
      case WRONG_CHECKSUM -> bad.putChecksum(nights.newest(), new byte[] {1});
      case BIT_FLIP -> bad.putAlone(nights.newest(), Damage.flipped(bad.read(nights.newest())));
      default -> bad.put(nights.newest(), content(kind, bad));
    }
  }

  private void atOtherTimes(BadBackup kind, Catalogue bad) throws IOException {
    switch (kind) {
      case TOO_OLD -> {
        for (int back = 0; back < 3; back++) {
          bad.remove(nights.back(back));
        }
      }
      case MISSING_DAY -> bad.remove(nights.back(3));
      case MISSING_MONTH -> bad.remove(lastOfSecondMonthBefore());
      default -> {
        Instant tomorrow = nights.newest().plus(Duration.ofDays(2));
        bad.put(tomorrow, bad.read(nights.newest()));
        bad.putGlobals(tomorrow, Files.readString(bad.globals(nights.newest())));
      }
    }
  }

  /** One that is kept for its month alone: four weeks reach back into the month before at most. */
  private Instant lastOfSecondMonthBefore() {
    Instant end =
        nights
            .newest()
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .withDayOfMonth(1)
            .minusMonths(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    List<Instant> before = nights.kept().stream().filter(night -> night.isBefore(end)).toList();
    return before.get(before.size() - 1);
  }

  private String withoutRole(Catalogue bad) throws IOException {
    return Files.readString(bad.globals(nights.newest()))
        .lines()
        .filter(line -> !line.contains("shop_reports"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** What is the newest backup instead. */
  private byte[] content(BadBackup kind, Catalogue bad) throws IOException, SQLException {
    byte[] sound = bad.read(nights.newest());
    return switch (kind) {
      case EMPTY_FILE -> new byte[0];
      case TRUNCATED_GZIP, TRUNCATED_DUMP -> Damage.truncated(sound);
      case BIT_FLIP_BEFORE_CHECKSUM -> Damage.flipped(sound);
      case WRONG_FORMAT_GZIP, WRONG_FORMAT_DUMP -> dumps.sql().getBytes(StandardCharsets.UTF_8);
      case NEWER_MAJOR -> Damage.ofMajor99(sound, shop.version());
      case WRONG_KEY ->
          Salted.encrypt(good.get(Form.DUMP).read(nights.newest()), Keys.of(random), random);
      case NO_ROWS -> dumps.custom("--schema-only");
      case ONE_TABLE_EMPTY -> dumps.custom("--exclude-table-data=payments");
      case STALE_REPLICA -> bad.read(nights.back(6));
      case HALVED -> shop.spoilt(Shop.HALVED, dumps::custom);
      case BROKEN_FOREIGN_KEY -> shop.spoilt(Shop.DANGLING, dumps::custom);
      case ALTERED_NAME -> shop.spoilt(Shop.ALTERED, dumps::custom);
      case SEQUENCE_BEHIND -> shop.spoilt(Shop.BEHIND, dumps::custom);
      case COMPRESSION_BOMB -> Damage.bomb();
      case PATH_TRAVERSAL -> tar().file(UP + leftBy(kind).substring(1), new byte[0]).bytes();
      case LINK_ESCAPE ->
          tar().link("more", escaped.toString()).file("more/" + kind.id(), new byte[0]).bytes();
      case PSQL_SHELL_ESCAPE -> Damage.gzipped(Damage.unrestricted(withStatement(kind, sound)));
      default -> Damage.gzipped(withStatement(kind, sound));
    };
  }

  private String withStatement(BadBackup kind, byte[] sound) throws IOException {
    return Damage.withStatement(Damage.gunzipped(sound), statement(kind));
  }

  private Tar tar() throws IOException {
    return dumps.tar(nights.newest());
  }

  private String statement(BadBackup kind) {
    String touch = "touch '" + leftBy(kind).replace("'", "'\\''") + "'";
    return switch (kind) {
      case PSQL_SHELL_ESCAPE -> "\\! " + touch;
      case COPY_PROGRAM ->
          "CREATE TEMPORARY TABLE said (line text);\nCOPY said FROM PROGRAM '"
              + touch.replace("'", "''")
              + "';";
      case ERRORS_EXIT_0 -> "CREATE EXTENSION IF NOT EXISTS shop_search WITH SCHEMA public;";
      default -> throw new IllegalStateException(kind + " is not made");
    };
  }

  private String leftBy(BadBackup kind) {
    return escaped.resolve(kind.id()).toString();
  }
}
