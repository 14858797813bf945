package dhakacart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import web.Refused;

class OrderRequestTest {

  @Test
  void fieldsMayComeInAnyOrder() throws Refused {
    OrderRequest request =
        parse("{'items':[{'quantity':2,'productId':3}],'ref':'r-1','customerId':7}");

    assertThat(request).isEqualTo(new OrderRequest("r-1", 7, List.of(new OrderRequest.Item(3, 2))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{'ref':'r-1','customerId':7}",
        "{'ref':'r-1','customerId':7,'items':[]}",
        "{'ref':'r-1','customerId':7,'items':[3]}",
        "{'ref':'r-1','customerId':7,'items':[[]]}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':0}]}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':99999999999}]}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':1.5}]}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':1},"
            + "{'productId':3,'quantity':1}]}",
        "{'ref':'r 1','customerId':7,'items':[{'productId':3,'quantity':1}]}",
        "{'ref':null,'customerId':7,'items':[{'productId':3,'quantity':1}]}",
        "{'ref':'r-1','items':[{'productId':3,'quantity':1}]}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':1}],'total':1}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':1}]}{}",
        "{'ref':'r-1','customerId':7,'items':[{'productId':3,'quantity':1}"
      })
  void anythingElseIsTheClientsMistake(String body) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> parse(body))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(400));
  }

  private static OrderRequest parse(String body) throws Refused {
    return OrderRequest.parse(body.replace('\'', '"').getBytes(UTF_8));
  }
}
