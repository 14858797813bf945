package dev.drillbook.junit;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Scenario;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Site;
import dev.drillbook.timeline.DrillException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Gives each test method of a {@link Drill} its run, and sees to it that the run happened and that
 * its site is gone.
 */
final class DrillExtension
    implements ExecutionCondition, ParameterResolver, InvocationInterceptor, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(DrillExtension.class);

  /** What one test method works with. */
  private record Prepared(DrillRun run, Site site) {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Session session = session(context);
    Drill drill = drillOf(context);
    DrillPlan plan = session.plans().plan(drill.plan());
    session.plans().checkSelection(session.settings(), plan);
    return session.settings().selects(plan.system(), drill.scenario())
        ? ConditionEvaluationResult.enabled("selected")
        : ConditionEvaluationResult.disabled(
            "drill.only is " + session.settings().only().orElse(""));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DrillRun.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Prepared.class, key -> prepare(context), Prepared.class)
        .run();
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    Session session = session(context);
    if (session.settings().sabotages().isEmpty()) {
      invocation.proceed();
      return;
    }
    invocation.skip();
    Drill drill = drillOf(context);
    DrillPlan plan = session.plans().plan(drill.plan());
    Scenario scenario = session.plans().scenario(plan, drill, context.getRequiredTestClass());
    Method method = called.getExecutable();
    method.setAccessible(true);
    new SabotageRuns(session, plan, scenario)
        .under(
            session.settings().sabotages(),
            run -> {
              try {
                method.invoke(called.getTarget().orElseThrow(), run);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Prepared prepare(ExtensionContext context) {
    Session session = session(context);
    Drill drill = drillOf(context);
    DrillPlan plan = session.plans().plan(drill.plan());
    Scenario scenario = session.plans().scenario(plan, drill, context.getRequiredTestClass());
    Site site = session.site(plan);
    return new Prepared(new DrillRun(plan, scenario, site, session.context()), site);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Prepared prepared = context.getStore(NAMESPACE).remove(Prepared.class, Prepared.class);
    if (prepared == null) {
      throw new DrillException(
          context.getDisplayName() + " takes no DrillRun, so it drills nothing",
          "give the test method a parameter of type DrillRun");
    }
    prepared.site().close();
    boolean sabotaged = !session(context).settings().sabotages().isEmpty();
    if (!sabotaged && !prepared.run().wasRun() && context.getExecutionException().isEmpty()) {
      throw new DrillException(
          context.getDisplayName() + " declares a drill that never ran",
          "end the test method with meetsItsObjectives()");
    }
  }

  private static Drill drillOf(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    Drill drill = type.getAnnotation(Drill.class);
    if (drill == null) {
      throw new DrillException(type.getName() + " is no drill", "annotate the class with @Drill");
    }
    return drill;
  }

  private static Session session(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Session.class, key -> Session.start(), Session.class);
  }
}
