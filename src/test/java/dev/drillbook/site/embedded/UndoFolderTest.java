package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal.Entry;
import dev.drillbook.timeline.DrillException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoFolderTest {
  @TempDir Path folder;
  private UndoFolder journal;

  @BeforeEach
  void open() {
    journal = new UndoFolder(folder.resolve("undo"));
  }

  @Test
  void whatIsStillInForceIsUndoneTheLatestFirst() throws Exception {
    journal.write(append("the first", "one"));
    Entry second = journal.write(append("the second", "it's \"$two\" \\"));
    journal.write(append("the third", "three"));
    second.done();
    journal.write(append("the fourth", "it's \"$four\" \\"));

    UndoFolder.Healed healed = new UndoFolder(folder.resolve("undo")).undoAll();

    assertThat(healed.undone()).containsExactly("the fourth", "the third", "the first");
    assertThat(healed.failed()).isEmpty();
    assertThat(Files.readString(folder.resolve("undone")))
        .isEqualTo("it's \"$four\" \\\nthree\none\n");
    assertThat(journal.undoAll()).isEqualTo(new UndoFolder.Healed(List.of(), List.of()));
  }

  @Test
  void whatCannotBeUndoneIsSaidAndStays() {
    journal.write(new Undo.Run("the impossible", List.of("false")));
    journal.write(new Undo.EndWithSite("the harmless"));
    UndoFolder.Healed healed = journal.undoAll();
    assertThat(healed.undone()).containsExactly("the harmless");
    assertThat(healed.failed())
        .singleElement()
        .asString()
        .startsWith("the impossible could not be undone: exit code 1; run ");
    assertThat(journal.undoAll().failed()).hasSize(1);
  }

  @Test
  void aRequestIsSentAndWhatIsGoneNeedsNone() throws Exception {
    Queue<String> requests = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(exchange.getRequestMethod() + " " + path);
          exchange.sendResponseHeaders(
              path.equals("/there") ? 204 : path.equals("/gone") ? 404 : 500, -1);
          exchange.close();
        });
    server.start();
    try {
      for (String path : List.of("/broken", "/gone", "/there")) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort()).resolve(path);
        journal.write(new Undo.Request("what is " + path, "DELETE", address));
      }
      UndoFolder.Healed healed = journal.undoAll();
      assertThat(healed.undone()).containsExactly("what is /there", "what is /gone");
      assertThat(healed.failed())
          .singleElement()
          .asString()
          .startsWith("what is /broken could not be undone: the answer was 500; ask ");
      assertThat(requests).containsExactly("DELETE /there", "DELETE /gone", "DELETE /broken");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aFaultWhoseUndoCannotBeWrittenMustNotAct() throws Exception {
    Files.writeString(folder.resolve("undo"), "no folder");
    assertThatThrownBy(() -> journal.write(new Undo.EndWithSite("anything")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("how to undo anything could not be written");
  }

  private Undo append(String what, String text) {
    return new Undo.Run(
        what,
        List.of(
            "sh",
            "-c",
            "printf '%s\\n' \"$1\" >> \"$0\"",
            folder.resolve("undone").toString(),
            text));
  }
}
