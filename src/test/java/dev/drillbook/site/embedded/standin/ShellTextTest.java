package dev.drillbook.site.embedded.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What mongosh reads and prints; the texts expected are those of Node's own inspection. */
class ShellTextTest {
  @Test
  void whatIsShortStandsInOneLine() {
    assertThat(text("{ok: 1.0}")).isEqualTo("{ ok: 1 }");
    assertThat(text("{}")).isEqualTo("{}");
    assertThat(text("{ns: 'shop.a', 'a-b': null, n: {$numberLong: '5'}, x: 0.5, y: true}"))
        .isEqualTo("{ ns: 'shop.a', 'a-b': null, n: Long('5'), x: 0.5, y: true }");
    assertThat(ShellText.of(BsonArray.parse("['a', 'it\\'s']"))).isEqualTo("[ 'a', 'it\\'s' ]");
  }

  @Test
  void whatIsLongerStandsALineEach() {
    assertThat(
            text(
                "{first: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', inner: {a: []}, last:"
                    + " 'yyyyyyyyyyyyyy'}"))
        .isEqualTo(
            """
            {
              first: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
              inner: { a: [] },
              last: 'yyyyyyyyyyyyyy'
            }\
            """);
  }

  @Test
  void onlyExpressionsThatAreKnownAreRead() {
    for (String known :
        List.of(
            "db.adminCommand('ping')",
            "db.adminCommand({ping: 1}).ok",
            "db.runCommand({ validate: \"orders\", full: true }).valid",
            " db.orders.validate({full: true}) ; ",
            "db.getCollection('odd-name').countDocuments({})",
            "db.orders.items.countDocuments({state: 'new'})",
            "db.stats()",
            "db.dropDatabase()",
            "db.getCollectionNames().length")) {
      assertThat(ShellExpression.parse(known)).as(known).isNotNull();
    }
    for (String other :
        List.of(
            "db.orders.drop()",
            "db.adminCommand({shutdown: 1})",
            "db.runCommand('dropDatabase')",
            "db.orders.find()",
            "print(db.stats())",
            "db.stats(); db.dropDatabase()",
            "db.orders.validate({repair: true})",
            "db.orders.countDocuments({a)",
            "")) {
      assertThatThrownBy(() -> ShellExpression.parse(other))
          .as(other)
          .isInstanceOf(ToolFailure.class)
          .hasMessageContaining("is not among the expressions that Drillbook's own mongosh has");
    }
  }

  private static String text(String json) {
    return ShellText.of(BsonDocument.parse(json));
  }
}
