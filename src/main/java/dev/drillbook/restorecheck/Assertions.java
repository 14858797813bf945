package dev.drillbook.restorecheck;

import dev.drillbook.catalogue.S3Location;
import dev.drillbook.plan.RestoreCheck.Assertion;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.ObjectPlace;
import dev.drillbook.verification.ObjectReferences;
import dev.drillbook.verification.TeamAssertion;
import dev.drillbook.verification.TeamDocuments;
import java.util.Map;

/**
 * Makes checks of what the plan asserts.
 *
 * @param environment where the credentials of objects are looked up
 */
record Assertions(Map<String, String> environment) {

  Check of(Postgres database, Assertion assertion) {
    if (assertion instanceof Assertion.Rows rows) {
      return new TeamAssertion(database, rows.id(), rows.sql());
    }
    if (assertion instanceof Assertion.Objects objects) {
      S3Location at = S3Location.of(objects.in(), environment);
      return new WhereThereAre(
          new ObjectReferences(
              "assertion " + objects.id(),
              database,
              objects.sql(),
              new ObjectPlace("s3", at.bucket(), at.prefix(), at::client)));
    }
    throw unfit(assertion, "PostgreSQL");
  }

  Check of(Mongo server, Assertion assertion) {
    if (assertion instanceof Assertion.Documents documents) {
      return new TeamDocuments(
          server, documents.id(), documents.collection(), documents.pipeline());
    }
    throw unfit(assertion, "MongoDB");
  }

  private static DrillException unfit(Assertion assertion, String store) {
    return new DrillException(
        "the assertion " + assertion.id() + " is nothing that " + store + " can be asked",
        "is the policy's component the right one?");
  }
}
