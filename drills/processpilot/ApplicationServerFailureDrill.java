package processpilot;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static processpilot.Authentication.authentication;
import static processpilot.Bookings.bookings;
import static processpilot.Books.books;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "processpilot", scenario = "application-server-failure")
class ApplicationServerFailureDrill {

  @Test
  void thePreviousReleaseServesAgainAndNoBookingIsLost(DrillRun drill) {
    var db = drill.postgres("db");
    var previous = drill.app("backend");
    var released = drill.app("backend-2");
    var api = drill.address("api");
    var token = new ApiToken();
    var releases = new Releases(api, previous, released);

    drill
        .workload(bookings(api::url, db, token))
        .disaster(act("release 2.5.0 is deployed", releases::deploy, releases::look))
        .recover("restart-service", releases::restartInVain)
        .recover("roll-back", previous::start, () -> api.pointTo(previous), released::stop)
        .recover("smoke-tests", previous.script("smoke-test.sh").with("API_TOKEN", token::current))
        .verify(
            rowCounts(), books(), authentication(api::url, token), health(previous), servesWrites())
        .meetsItsObjectives();
  }
}
