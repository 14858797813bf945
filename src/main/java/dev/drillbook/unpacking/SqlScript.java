package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The guard in front of psql: what in a script would reach beyond the database that it is restored
 * into. It splits the script as psql does (psqlscan.l), with a table's data as it comes after
 * {@code COPY ... FROM stdin}, in constant memory.
 *
 * <p>It refuses every command of psql but those that pg_dump and pg_dumpall write ({@code \connect}
 * to a database by its name, {@code \restrict} and its opposite, and {@code \.}), also where psql
 * would come upon one only because the {@code COPY} before it has failed; {@code COPY} from or to
 * programs and the server's files; functions that read or write these; functions in C and in
 * untrusted languages; and settings under which psql would split the script otherwise than this
 * does.
 *
 * <p>What it cannot see: the bodies of functions and {@code DO} blocks are text to it, and so is
 * what is put together when they run, or called by a name that is spelled with Unicode escapes; and
 * an extension can bring anything. Against these the restore has to run as a role that is no
 * superuser, on a server with nothing else in it.
 */
public final class SqlScript {

  private SqlScript() {}

  /**
   * What is wrong with a script; each finding names the first lines that it is about.
   *
   * @param name what the script is called in findings
   * @param script left open
   * @throws DrillException if it cannot be read
   */
  public static List<Finding> findings(String name, InputStream script) {
    SqlFindings findings = new SqlFindings(name);
    try {
      new SqlScanner(new SqlBytes(script, findings), findings).scan();
    } catch (IOException e) {
      throw new DrillException(name + " cannot be read: " + e.getMessage(), "check its disk", e);
    }
    return findings.all();
  }
}
