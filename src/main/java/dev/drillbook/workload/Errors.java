package dev.drillbook.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different texts with which attempts went wrong, each by a small number. A run whose errors
 * all differ keeps the first of them: there is room for {@value #MOST} texts of {@value
 * #MOST_CHARACTERS} characters.
 */
final class Errors {
  static final int MOST = 2_000;
  static final int MOST_CHARACTERS = 500;
  static final String ONE_TOO_MANY = "one of more than " + MOST + " different errors";

  private final List<String> texts = new ArrayList<>(List.of("", ONE_TOO_MANY));
  private final Map<String, Integer> numbers = new HashMap<>(Map.of("", 0));

  synchronized int numberOf(String error) {
    String text =
        error.length() <= MOST_CHARACTERS ? error : error.substring(0, MOST_CHARACTERS) + "...";
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    if (texts.size() >= MOST) {
      return 1;
    }
    texts.add(text);
    numbers.put(text, texts.size() - 1);
    return texts.size() - 1;
  }

  synchronized String text(int number) {
    return texts.get(number);
  }
}
