package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckHistorySchemaTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @Test
  void theDocumentListsExactlyTheFieldsThatAreWritten() throws IOException {
    Set<String> written = new TreeSet<>();
    collect(CheckLine.class, "", written);
    Set<String> documented =
        ROW.matcher(Files.readString(Path.of("docs", "restore-check-history.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(written);
  }

  private static void collect(Class<?> record, String path, Set<String> fields) {
    for (RecordComponent field : record.getRecordComponents()) {
      String name = path + field.getName();
      if (field.getType() != List.class) {
        fields.add(name);
        continue;
      }
      Class<?> item =
          (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
      if (item.isRecord()) {
        collect(item, name + "[].", fields);
      } else {
        fields.add(name + "[]");
      }
    }
  }
}
