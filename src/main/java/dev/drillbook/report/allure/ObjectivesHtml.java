package dev.drillbook.report.allure;

import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.report.ChecklistText;
import dev.drillbook.report.EscalationText;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import java.util.List;

/**
 * What a drill promised and what it measured, who would have been called, and the checklist: for
 * the description of a test.
 */
final class ObjectivesHtml {

  private ObjectivesHtml() {}

  static String of(DrillRecord record) {
    StringBuilder html = new StringBuilder("<p><b>");
    html.append(escape(record.plan().title() + ": " + record.scenario().title()));
    html.append("</b> (").append(record.scenario().severity()).append(", site ");
    html.append(escape(record.site())).append("): <b>").append(record.verdict());
    html.append("</b></p>\n<table>\n<tr><th>objective</th><th>target</th><th>measured</th>");
    html.append("<th>by which clock</th><th>verdict</th></tr>\n");
    for (ObjectiveResult result : record.objectives()) {
      html.append("<tr>");
      cell(html, result.objective());
      cell(html, DurationText.of(result.target()));
      cell(html, result.measured().map(DurationText::of).orElse("-"));
      cell(html, result.clock());
      cell(html, result.verdict().name());
      html.append("</tr>\n");
    }
    html.append("</table>\n");
    list(html, "Escalation", EscalationText.lines(record));
    list(html, "Checklist", ChecklistText.lines(record));
    return html.toString();
  }

  private static void list(StringBuilder html, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      html.append("<p>").append(title).append("</p>\n<ul>\n");
      lines.forEach(line -> html.append("<li>").append(escape(line)).append("</li>\n"));
      html.append("</ul>\n");
    }
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>").append(escape(text)).append("</td>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
