package dev.drillbook.cli;

import dev.drillbook.timeline.Verdict;

/** What commands end with; 64 is EX_USAGE of BSD's sysexits. */
final class ExitCode {
  static final int PASS = 0;
  static final int FAIL = 1;
  static final int UNKNOWN = 2;
  static final int USAGE = 64;

  private ExitCode() {}

  static int of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> PASS;
      case FAIL -> FAIL;
      case UNKNOWN -> UNKNOWN;
    };
  }
}
