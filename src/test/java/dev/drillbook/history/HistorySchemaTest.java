package dev.drillbook.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.run.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistorySchemaTest {
  private static final Path DOCUMENT = Path.of("docs/history-schema.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @Test
  void theDocumentListsExactlyTheFieldsThatAreWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("history.jsonl");
    HistoryFile.append(file, Records.failing().build());

    Set<String> written = new TreeSet<>();
    collect(new ObjectMapper().readTree(Files.readString(file)), "", written);
    Set<String> documented =
        ROW.matcher(Files.readString(DOCUMENT))
            .results()
            .map(match -> match.group(1))
            .filter(field -> !field.equals("writes"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(written);
  }

  private static void collect(JsonNode node, String path, Set<String> fields) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      field.getValue(),
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      fields));
    } else if (node.isArray()) {
      node.forEach(item -> collect(item, path + "[]", fields));
    } else {
      fields.add(path);
    }
  }
}
