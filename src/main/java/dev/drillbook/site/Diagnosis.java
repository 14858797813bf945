package dev.drillbook.site;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows what the usual error messages of stores and their tools mean, and what to do about each.
 */
public final class Diagnosis {

  private record Known(Pattern message, String hint) {}

  private static final List<Known> KNOWN =
      List.of(
          known(
              "No space left on device|disk full|could not extend file",
              "the disk is full: free some space, or give backups and data more room"),
          known(
              "password authentication failed|no password supplied",
              "the password is wrong for this role: check PGPASSWORD and the role's password on the server"),
          known(
              "Address already in use|could not bind|port .* in use",
              "another process has the port: stop it, or give the component another port in the plan"),
          known(
              "server version mismatch|aborting because of server version",
              "the client tools are older than the server: install those of the server's major version"),
          known(
              "command not found|No such file or directory",
              "a program or file that it needs is not there: install it, or correct its path"),
          known(
              "Permission denied",
              "the user who runs this may not do so: check the file's owner and mode"),
          known(
              "role \".*\" does not exist",
              "the dump expects a role that this server lacks: create it before the restore"),
          known(
              "extension \".*\" is not available|could not open extension control file",
              "the dump needs an extension that this server lacks: install it before the restore"),
          known(
              "unexpected end of file|not in gzip format|invalid compressed data|truncated",
              "the backup file is damaged or incomplete: use the one before it, and find out why it was kept"),
          known(
              "Connection refused|could not connect to server|the database system is starting up",
              "the server does not accept connections: is it running, and on this port?"));

  private Diagnosis() {}

  /**
   * What to do about the first known message among {@code lines}; {@code otherwise} if none is
   * known.
   */
  public static String of(List<String> lines, String otherwise) {
    return KNOWN.stream()
        .filter(known -> lines.stream().anyMatch(line -> known.message().matcher(line).find()))
        .map(Known::hint)
        .findFirst()
        .orElse(otherwise);
  }

  private static Known known(String message, String hint) {
    return new Known(Pattern.compile(message), hint);
  }
}
