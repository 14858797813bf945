package dev.drillbook.report;

import java.util.Locale;

/** Writes SVG elements; knows their syntax and nothing of what they show. */
final class Svg {
  private final StringBuilder background = new StringBuilder();
  private final StringBuilder body = new StringBuilder();

  /** How a text relates to its x. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void rect(double x, double y, double width, double height, String style, String tooltip) {
    element(
        String.format(
            Locale.ROOT,
            "rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"",
            x,
            y,
            width,
            height,
            style),
        "rect",
        tooltip);
  }

  /** A rectangle behind everything else, whenever it is drawn. */
  void behind(double x, double y, double width, double height, String style) {
    background.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n",
            x,
            y,
            width,
            height,
            style));
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n",
            x1,
            y1,
            x2,
            y2,
            style));
  }

  /** A closed shape through the points {@code x1,y1 x2,y2 …}. */
  void path(String data, String style, String tooltip) {
    element("path d=\"" + data + "\" class=\"" + style + "\"", "path", tooltip);
  }

  void text(double x, double y, Anchor anchor, String style, String text) {
    body.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">",
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                style))
        .append(escape(text))
        .append("</text>\n");
  }

  /** The finished picture, on a background of the class "paper". */
  String document(int width, double height, String css, String title) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\" role=\"img\">\n",
            width,
            height,
            width,
            height)
        + "<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + css
        + "</style>\n<rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n"
        + background
        + body
        + "</svg>\n";
  }

  private void element(String opening, String name, String tooltip) {
    if (tooltip.isEmpty()) {
      body.append('<').append(opening).append("/>\n");
    } else {
      body.append('<').append(opening).append("><title>").append(escape(tooltip));
      body.append("</title></").append(name).append(">\n");
    }
  }

  /** Escapes markup, and replaces what XML 1.0 cannot hold even when escaped. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : '\uFFFD');
              }
            });
    return escaped.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
