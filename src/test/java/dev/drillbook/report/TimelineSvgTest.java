package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TimelineSvgTest {

  @Test
  void thePictureSaysTheVerdictTheStartAndTheRtoInWords() throws Exception {
    assertThat(texts(Records.failing()))
        .contains("FAIL", "DhakaCart: Complete database loss", "RTO, allowed 15 min")
        .contains("1.49 s + 2 min manual", "72 writes lost, RPO 3 s", "must not come back")
        .anyMatch(text -> text.contains("started 2026-11-01 02:00:00 UTC"))
        .anyMatch(text -> text.contains("found 3 holes"));
  }

  @Test
  void eachPhaseHasItsLabelAndItsDurationHoweverShortItIs() throws Exception {
    assertThat(texts(Records.passing())).contains("inject the disaster", "7.7 ms", "2.89 s");
  }

  @Test
  void eachStepHasItsTimeAndBudgetAndAManualOneItsDeclaredTime() throws Exception {
    assertThat(texts(Records.failing()))
        .contains("restore-database", "1.21 s of 15 min", "NOT AS PLANNED, 189 ms of 2 min")
        .contains("by people, declared 2 min, not waited for");
  }

  @Test
  void aFailedRecoveryShowsNoRtoAndNamesTheClocksThatNeverCame() throws Exception {
    assertThat(texts(Records.recoveryFailed()))
        .contains(
            "no RTO: not recovered", "never: stable OK", "FAILED, 528 ms of 15 min", "not run");
  }

  @Test
  void noTwoLabelsOfClocksShareALineAndEarlierOnesStandHigher() throws Exception {
    List<Element> labels = new ArrayList<>();
    NodeList all = parse(TimelineSvg.of(Records.passing().build())).getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      Element text = (Element) all.item(i);
      if (text.getTextContent()
          .matches("(fault|first failed request|detected|decided|restore \\w+|\\w+ OK)  .*")) {
        labels.add(text);
      }
    }

    assertThat(labels).hasSize(8);
    for (int i = 1; i < labels.size(); i++) {
      assertThat(number(labels.get(i), "y"))
          .isGreaterThanOrEqualTo(number(labels.get(i - 1), "y") + 12);
      assertThat(number(labels.get(i), "x")).isGreaterThanOrEqualTo(number(labels.get(i - 1), "x"));
    }
  }

  @Test
  void anHourOfProbesThatFlapStaysSmall() throws Exception {
    String svg = TimelineSvg.of(Records.hourLong().build());

    assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isLessThan(200_000);
    parse(svg);
  }

  @Test
  void markupControlCharactersAndEndlessTextsLeaveItWellFormed() throws Exception {
    String svg = TimelineSvg.of(Records.hostile().build());

    parse(svg);
    assertThat(svg).doesNotContain("<script>").contains("&lt;script&gt;");
  }

  @Test
  void aDrillThatNeverBeganStillHasAPicture() throws Exception {
    assertThat(texts(Records.empty()))
        .contains("UNKNOWN", "probes: no probe ran", "No fault was injected: there was no outage");
  }

  @Test
  void aDrillWithoutProbesOrWithoutAnEndOfItsOutageStillHasAPicture() throws Exception {
    SampleRecord record = Records.recoveryFailed();
    record.probes = List.of();
    record.steps = List.of();
    record.timeline = record.timeline.subList(0, record.timeline.size() - 1);

    assertThat(texts(record)).contains("probes: no probe ran").contains("509 ms, never ended");
  }

  private static List<String> texts(SampleRecord builder) throws Exception {
    DrillRecord record = builder.build();
    NodeList all = parse(TimelineSvg.of(record)).getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(all.item(i).getTextContent());
    }
    return texts;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
