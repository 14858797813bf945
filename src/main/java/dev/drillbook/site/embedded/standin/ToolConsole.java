package dev.drillbook.site.embedded.standin;

import com.mongodb.MongoException;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How MongoDB's tools talk: a time, a tab, and what they do, to standard error. */
final class ToolConsole {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");

  /** What a program does. */
  interface Work {
    void perform(ToolConsole console) throws IOException;
  }

  private ToolConsole() {}

  /** Does {@code work} and ends this JVM, with exit code 1 if it fails. */
  static void run(Work work) {
    ToolConsole console = new ToolConsole();
    int exitCode = 1;
    try {
      work.perform(console);
      exitCode = 0;
    } catch (ToolFailure e) {
      console.say("Failed: " + e.getMessage());
    } catch (IOException | MongoException e) {
      console.say("Failed: " + e);
    } finally {
      System.exit(exitCode);
    }
  }

  void say(String text) {
    System.err.println(TIME.format(OffsetDateTime.now(ZoneOffset.UTC)) + "\t" + text);
  }
}
