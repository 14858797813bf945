package dev.drillbook.demo;

import dev.drillbook.timeline.Verdict;
import java.util.Locale;

/**
 * Each way in which backups go wrong. A catalogue of each lies in {@code bad/}: the good one of its
 * form, with one thing changed, which is its newest backup unless said otherwise. Checksums fit
 * what they lie beside, again unless said otherwise.
 */
public enum BadBackup {
  EMPTY_CATALOGUE(Form.DUMP, Verdict.UNKNOWN, "empty-catalogue", "there is no backup at all"),
  TOO_OLD(Form.DUMP, Verdict.FAIL, "RPO", "the job stopped three nights ago"),
  MISSING_DAY(Form.DUMP, Verdict.FAIL, "retention", "one night of the last week has no backup"),
  MISSING_MONTH(
      Form.DUMP,
      Verdict.FAIL,
      "retention",
      "the backup of one month was deleted, an older one is there"),
  FUTURE_TIME(
      Form.DUMP, Verdict.FAIL, "future", "one more backup, whose name and time are of tomorrow"),

  EMPTY_FILE(Form.DUMP, Verdict.FAIL, "empty", "it has no bytes"),
  TRUNCATED_GZIP(Form.SQL, Verdict.FAIL, "cut off", "its last tenth is missing"),
  TRUNCATED_DUMP(
      Form.DUMP,
      Verdict.FAIL,
      "restore",
      "its last tenth is missing; its list of contents, at the beginning, is whole"),
  HALVED(
      Form.DUMP,
      Verdict.FAIL,
      "size",
      "every second order is gone, with its lines and its payment"),
  WRONG_CHECKSUM(Form.DUMP, Verdict.FAIL, "checksum", "its checksum is that of something else"),
  BIT_FLIP(
      Form.DUMP,
      Verdict.FAIL,
      "checksum",
      "one bit of it has changed since its checksum was written"),
  BIT_FLIP_BEFORE_CHECKSUM(
      Form.DUMP,
      Verdict.FAIL,
      "restore",
      "one bit of it had changed before its checksum was written, which therefore fits"),
  WRONG_FORMAT_GZIP(Form.SQL, Verdict.FAIL, "format", "it is SQL that nobody gzipped"),
  WRONG_FORMAT_DUMP(
      Form.DUMP, Verdict.FAIL, "format", "it is plain SQL under the name of a custom dump"),
  NEWER_MAJOR(
      Form.DUMP,
      Verdict.UNKNOWN,
      "99",
      "its header says that pg_dump 99 took it from PostgreSQL 99"),
  WRONG_KEY(
      Form.ENCRYPTED,
      Verdict.FAIL,
      "wrong key",
      "it is encrypted with another key than the plan's"),

  NO_ROWS(Form.DUMP, Verdict.FAIL, "orders", "it is a dump of the schema only"),
  ONE_TABLE_EMPTY(Form.DUMP, Verdict.FAIL, "payments", "it leaves out the rows of payments"),
  STALE_REPLICA(
      Form.DUMP,
      Verdict.FAIL,
      "created_at",
      "a punctual dump of a replica whose data stopped six nights before"),
  BROKEN_FOREIGN_KEY(
      Form.DUMP,
      Verdict.FAIL,
      "lines-without-product",
      "lines refer to products that are gone, and the foreign key is gone too"),
  ALTERED_NAME(
      Form.DUMP,
      Verdict.FAIL,
      "different content",
      "one customer has another name than the database had: nothing but its manifest tells"),
  SEQUENCE_BEHIND(
      Form.DUMP,
      Verdict.FAIL,
      "orders_id_seq",
      "the sequence of orders is behind the highest id, so that the next orders fail"),
  MISSING_ROLE(
      Form.DUMP,
      Verdict.FAIL,
      "shop_reports",
      "the globals of the night lack a role, which owns a table of the dump"),
  ERRORS_EXIT_0(
      Form.SQL,
      Verdict.FAIL,
      "shop_search",
      "it needs an extension that no server has; psql prints an error, goes on and exits with 0"),

  PSQL_SHELL_ESCAPE(
      Form.SQL, Verdict.FAIL, "\\!", "psql is told to run a shell command, which leaves a file"),
  COPY_PROGRAM(
      Form.SQL,
      Verdict.FAIL,
      "PROGRAM",
      "the server is told to run a program, which leaves a file"),
  PATH_TRAVERSAL(
      Form.TAR, Verdict.FAIL, "..", "a name in the archive leads out of where it is unpacked"),
  LINK_ESCAPE(
      Form.TAR,
      Verdict.FAIL,
      "link",
      "a link in the archive leads elsewhere, and a file goes through it"),
  COMPRESSION_BOMB(
      Form.SQL, Verdict.FAIL, "limits", "a gibibyte of blank lines in a few megabytes of gzip");

  private final Form form;
  private final Verdict expected;
  private final String word;
  private final String wrong;

  BadBackup(Form form, Verdict expected, String word, String wrong) {
    this.form = form;
    this.expected = expected;
    this.word = word;
    this.wrong = wrong;
  }

  /** Its name, and that of its folder: {@code truncated-gzip}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What its backups are made as, which decides which plan it is checked by. */
  public Form form() {
    return form;
  }

  /** What a check must say of it. */
  public Verdict expected() {
    return expected;
  }

  /** What at least one finding about it must contain. */
  public String word() {
    return word;
  }

  /** What is wrong with it, in words. */
  public String wrong() {
    return wrong;
  }

  /**
   * Whether it tries to do harm: to leave a file {@link #id()} in the target's folder {@code
   * escaped/}.
   */
  public boolean escapes() {
    return switch (this) {
      case PSQL_SHELL_ESCAPE, COPY_PROGRAM, PATH_TRAVERSAL, LINK_ESCAPE -> true;
      default -> false;
    };
  }
}
