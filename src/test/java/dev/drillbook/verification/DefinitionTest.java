package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (v = ANY ((ARRAY['a'::varchar, 'b, c'::varchar])::text[])) | (v = ANY (ARRAY[('a'::varchar)::text, ('b, c'::varchar)::text]))
          ((ARRAY['a'::character varying])::character varying(9)[]) | (ARRAY[('a'::character varying)::character varying(9)])
          (ARRAY[f(1, 2), 3])::double precision[] AND x | ARRAY[(f(1, 2))::double precision, (3)::double precision] AND x
          (ARRAY[a])::"My ""Type"[] | ARRAY[(a)::"My ""Type"]
          (ARRAY[(ARRAY[a])::text[]])::public.t[] | ARRAY[(ARRAY[(a)::text])::public.t]
          """)
  void theCastOfAnArrayIsThatOfItsElements(String before, String after) {
    assertThat(Definition.stable(before)).isEqualTo(after);
    assertThat(Definition.stable(after)).isEqualTo(after);
    assertThat(Definition.areSame(before, after)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHECK ((v <> '(ARRAY[a])::text[]'::text))",
        "AS $function$select (ARRAY[a])::text[]$function$",
        "AS $$select (ARRAY[a])::text[]$$",
        "(\"(ARRAY[a])::text[]\" = 1)",
        "(E'\\\\' || '(ARRAY[a])::text[]')",
        "(ARRAY[a])::text",
        "((ARRAY[a]))",
        "(a OR (b AND c))",
      })
  void everythingElseStays(String definition) {
    assertThat(Definition.stable(definition)).isEqualTo(definition);
  }
}
