package dev.drillbook.unpacking;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a backup says that it comes from.
 *
 * @param madeBy the program and its version
 * @param serverMajor the server's major version
 */
record Origin(Optional<String> madeBy, OptionalInt serverMajor) {
  static final Origin UNKNOWN = new Origin(Optional.empty(), OptionalInt.empty());

  private static final Pattern DUMPED_FROM =
      Pattern.compile("(?m)^-- Dumped from database version ([^\\r\\n]{1,100})");
  private static final Pattern DUMPED_BY =
      Pattern.compile("(?m)^-- Dumped by (pg_dump) version ([^\\r\\n]{1,100})");
  private static final Pattern MAJOR = Pattern.compile("(\\d{1,6}).*", Pattern.DOTALL);

  static Origin of(String program, String programVersion, String serverVersion) {
    return new Origin(Optional.of(program + " " + programVersion.strip()), major(serverVersion));
  }

  /**
   * What pg_dump writes at the head of its scripts; of pg_dumpall's, what the first dump in it
   * says.
   */
  static Origin ofSql(String head) {
    Matcher from = DUMPED_FROM.matcher(head);
    Matcher by = DUMPED_BY.matcher(head);
    return new Origin(
        by.find() ? Optional.of(by.group(1) + " " + by.group(2).strip()) : Optional.empty(),
        from.find() ? major(from.group(1)) : OptionalInt.empty());
  }

  static OptionalInt major(String version) {
    Matcher matcher = MAJOR.matcher(version.strip());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
