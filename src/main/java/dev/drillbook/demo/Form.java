package dev.drillbook.demo;

import java.util.List;

/** What the shop's nightly backups are made as. Each form has a good catalogue and a plan. */
public enum Form {
  /** pg_dump's custom format. */
  DUMP("good", "plan.yaml", ".dump"),
  /** Plain SQL, gzipped. */
  SQL("good-sql", "plan-sql.yaml", ".sql.gz"),
  /** pg_dump's directory format as one tar archive. */
  TAR("good-tar", "plan-tar.yaml", ".tar"),
  /** The custom format, encrypted by {@code openssl enc}. */
  ENCRYPTED("good-encrypted", "plan-encrypted.yaml", ".dump.enc");

  private final String folder;
  private final String plan;
  private final String suffix;

  Form(String folder, String plan, String suffix) {
    this.folder = folder;
    this.plan = plan;
    this.suffix = suffix;
  }

  /** The folder of its good catalogue below the target. */
  public String folder() {
    return folder;
  }

  /** The plan in {@code plan/} that says how it is checked. */
  public String plan() {
    return plan;
  }

  /** What its backups' names end with. */
  public String suffix() {
    return suffix;
  }

  /** The programs that a check of it needs besides PostgreSQL's. */
  public List<String> needs() {
    return this == ENCRYPTED ? List.of("openssl") : List.of();
  }

  /** The plan for it, from that for dumps. */
  String planText(String ofDumps) {
    String named = with(ofDumps, DUMP.suffix + "\"", suffix + "\"");
    return switch (this) {
      case DUMP -> ofDumps;
      case SQL -> with(named, "format: custom", "format: sql");
      case TAR -> with(named, "format: custom", "format: directory");
      case ENCRYPTED ->
          with(
              with(named, "encryption: none", "encryption: openssl"),
              "format: custom",
              "format: custom\n    key: {file: "
                  + PlanFolder.KEY
                  + ", openssl: \""
                  + Salted.OPTIONS
                  + "\"}");
    };
  }

  private static String with(String text, String old, String replacement) {
    if (!text.contains(old)) {
      throw new IllegalStateException("the plan does not say " + old);
    }
    return text.replace(old, replacement);
  }
}
