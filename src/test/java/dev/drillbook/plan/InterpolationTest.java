package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
  private static final Map<String, String> SET =
      Map.of("NAME", "shop", "EMPTY", "", "OTHER", "spare", "_a1", "under");

  private static final Interpolation INTERPOLATION =
      new Interpolation(
          name -> Optional.ofNullable(SET.get(name)).map(Expanded::literal), ".env beside it");

  private static Expanded expand(String template) throws BadValue {
    return INTERPOLATION.expand(template);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      emptyValue = "",
      value = {
        "$NAME               | shop",
        "${NAME}             | shop",
        "${NAME:-default}    | shop",
        "${NAME-default}     | shop",
        "${NAME:?message}    | shop",
        "${NAME?message}     | shop",
        "${NAME:+instead}    | instead",
        "${NAME+instead}     | instead",
        "$EMPTY              | ``",
        "${EMPTY}            | ``",
        "${EMPTY:-default}   | default",
        "${EMPTY-default}    | ``",
        "${EMPTY?message}    | ``",
        "${EMPTY:+instead}   | ``",
        "${EMPTY+instead}    | instead",
        "$UNSET              | ``",
        "${UNSET}            | ``",
        "${UNSET:-default}   | default",
        "${UNSET-default}    | default",
        "${UNSET:-}          | ``",
        "${UNSET-}           | ``",
        "${UNSET:+instead}   | ``",
        "${UNSET+instead}    | ``",
        "${_a1}              | under",
        "a-$NAME.b           | a-shop.b",
        "$NAME$OTHER         | shopspare",
        "${NAME}_${OTHER}    | shop_spare",
        "$$NAME              | $NAME",
        "$${NAME}            | ${NAME}",
        "$$$NAME             | $shop",
        "$$$$                | $$",
        "5$ and 10$          | 5$ and 10$",
        "$1                  | $1",
        "${UNSET:-$NAME}     | shop",
        "${UNSET:-${OTHER}}  | spare",
        "${UNSET-${EMPTY:-${OTHER}}} | spare",
        "${NAME:+${OTHER}}   | spare",
        "${UNSET:-{\"a\": {\"b\": 1}}} | {\"a\": {\"b\": 1}}",
        "${UNSET:-a:-b?c+d}  | a:-b?c+d",
        "${UNSET:-$$NAME}    | $NAME",
        "${NAME:-${UNSET:?never asked for}} | shop",
      })
  void everyFormDoesWhatComposeDocuments(String template, String text) throws Exception {
    assertThat(expand(template).text()).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${UNSET:?tell us}  | and UNSET is not set (tell us)   | set UNSET in the environment of the drill, or in .env beside it",
        "${UNSET?tell us}   | and UNSET is not set (tell us)   | set UNSET",
        "${UNSET:?}         | and UNSET is not set             | set UNSET",
        "${EMPTY:?tell us}  | and EMPTY is empty (tell us)     | set EMPTY",
        "${UNSET:-${EMPTY:?tell us}} | and EMPTY is empty (tell us) | set EMPTY",
        "${NAME             | with a ${ that is not closed     | write $$ for a dollar",
        "${UNSET:-${NAME}   | with a ${ that is not closed     | close it",
        "${}                | and ${} is no variable           | write ${NAME}",
        "${1a}              | and ${1a} is no variable         | write ${NAME}",
        "${NAME/shop/x}     | and ${NAME/shop/x} is no variable | write ${NAME}",
        "${NAME:x}          | and ${NAME:x} is no variable     | write ${NAME}",
      })
  void whatCannotBeFilledInIsSaid(String template, String found, String hint) {
    BadValue problem = catchThrowableOfType(BadValue.class, () -> expand(template));
    assertThat(problem).hasMessage(found);
    assertThat(problem.hint()).contains(hint);
  }

  @Test
  void theValuesThatWentInAreKnownAndDefaultsAreNoneOfThem() throws Exception {
    Expanded expanded = expand("pg://$NAME:${UNSET:-default}@${OTHER:-x}${EMPTY+literal}");
    assertThat(expanded.text()).isEqualTo("pg://shop:default@spareliteral");
    assertThat(expanded.values()).containsExactlyInAnyOrder("shop", "spare");
    assertThat(expand("plain $$").isLiteral()).isTrue();
    assertThat(expand("${NAME:+literal}").isLiteral()).isTrue();
  }

  @Test
  void whatLeftNothingIsKnownAndWhatHasADefaultIsNot() throws Exception {
    assertThat(expand("$GONE${AWAY}${UNSET:-}${ALSO-x}$EMPTY").unset())
        .containsExactlyInAnyOrder("GONE", "AWAY");
  }
}
