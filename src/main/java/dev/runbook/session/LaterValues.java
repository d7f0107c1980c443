package dev.runbook.session;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Suggestion;
import dev.runbook.base.Value;
import dev.runbook.engine.Engine;
import dev.runbook.event.AgreedPlan;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Variable;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.SiteCopy;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.site.VariablesUsed;
import dev.runbook.state.RunState;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Gives a variable another value in the middle of a run, and keeps it in the run's folder, where a resume finds it. A secret that
 * is named without a value is asked for unseen; it is not kept. Used by one thread.
 */
public final class LaterValues implements Engine.SiteChange {
    private final RunFolder folder;
    private final Consumer<String> sealing;
    private final SiteBinder.SecretReader secrets;
    private final Optional<AgreedPlan> agreed;
    private List<Map<String, SuppliedValue>> values;

    /**
     * Changes of one process.
     *
     * @param folder where the values are kept
     * @param sealing hears of new values, as a site file, before they are kept
     * @param values that the process began with, the strongest first
     * @param secrets asks for a secret
     * @param agreed the plan that the run is bound to; with another value it would be another plan
     */
    public LaterValues(
            RunFolder folder,
            Consumer<String> sealing,
            List<Map<String, SuppliedValue>> values,
            SiteBinder.SecretReader secrets,
            Optional<AgreedPlan> agreed) {
        this.folder = folder;
        this.sealing = sealing;
        this.agreed = agreed;
        this.values = List.copyOf(values);
        this.secrets = secrets;
    }

    /** The values as they are now, the strongest first. */
    public List<Map<String, SuppliedValue>> values() {
        return values;
    }

    @Override
    public Outcome change(Plan plan, RunState state, String assignment) {
        int equals = assignment.indexOf('=');
        String name = (equals < 0 ? assignment : assignment.substring(0, equals)).strip();
        if (!plan.runbook().variables().containsKey(name)) {
            Set<String> known = plan.runbook().variables().keySet();
            return new Outcome.Refused("There is no variable \"" + name + "\"." + Suggestion.didYouMean(name, known)
                    + " Write change NAME=VALUE, such as change "
                    + known.iterator().next() + "=…");
        }
        Optional<String> value =
                equals < 0 ? unseen(plan.runbook(), name) : Optional.of(assignment.substring(equals + 1));
        return value.map(text -> change(plan, state, name, text))
                .orElseGet(() -> new Outcome.Refused("Write the value behind the name: change " + name + "=VALUE."));
    }

    private Optional<String> unseen(Runbook runbook, String name) {
        return runbook.variables().get(name).type() == Variable.Type.SECRET ? secrets.prompt(name) : Optional.empty();
    }

    private Outcome change(Plan plan, RunState state, String name, String value) {
        List<Map<String, SuppliedValue>> later = new ArrayList<>(values);
        later.add(0, Map.of(name, SuppliedValue.of("change " + name, value.strip())));
        Checked<Site> bound = bind(plan, later);
        if (bound.value().isEmpty()) {
            return new Outcome.Refused(
                    bound.diagnostics().stream().map(Diagnostic::message).collect(Collectors.joining(" ")));
        }
        Map<String, ResolvedValue> changed =
                changed(bind(plan, values), bound.value().get());
        // a secret is no part of a plan
        boolean another = changed.values().stream().anyMatch(LaterValues::isPlanned);
        if (agreed.isPresent() && another) {
            return new Outcome.Refused(
                    "This run is bound to the plan " + agreed.get().file()
                            + ", in which " + name + " has the old value. Pause, and resume with --var " + name
                            + "=VALUE --release-plan REASON.");
        }
        Optional<String> used = used(plan.runbook(), state, changed.keySet());
        if (used.isPresent()) {
            return new Outcome.Refused(used.get());
        }
        return changed.isEmpty()
                ? new Outcome.Refused(name + " has this value already.")
                : keep(plan, changed, List.copyOf(later));
    }

    /** The same variables with the same values, but for secrets, which nobody is asked for here. */
    private static Checked<Site> bind(Plan plan, List<Map<String, SuppliedValue>> values) {
        return SiteBinder.withoutSecrets()
                .bind(plan.runbook(), values, plan.site().runId(), plan.site().runStamp());
    }

    private static Map<String, ResolvedValue> changed(Checked<Site> before, Site now) {
        Map<String, ResolvedValue> changed = new TreeMap<>(now.variables());
        before.value()
                .ifPresent(site -> changed.entrySet().removeAll(site.variables().entrySet()));
        return changed;
    }

    private static boolean isPlanned(ResolvedValue value) {
        return !(value instanceof ResolvedValue.Plain plain) || !(plain.value() instanceof Value.Secret);
    }

    /** What was done with the old value stays as it was done. */
    private static Optional<String> used(Runbook runbook, RunState state, Set<String> names) {
        List<String> refused = new ArrayList<>();
        for (Step step : runbook.steps()) {
            if (ChangedValues.hasActed(state.step(step.id().text()))) {
                VariablesUsed.of(runbook, step).stream()
                        .filter(names::contains)
                        .forEach(name -> refused.add("Step " + step.id() + " has used " + name + "."));
            }
        }
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" ", refused)
                        + " A value that a step which is done or in doubt has used cannot change.");
    }

    private Outcome keep(Plan plan, Map<String, ResolvedValue> changed, List<Map<String, SuppliedValue>> later) {
        try {
            String site = SiteCopy.of(plan.runbook(), later);
            sealing.accept(site);
            folder.keepSite(site);
        } catch (UncheckedIOException e) {
            return new Outcome.Refused("The new value cannot be kept in " + folder.path() + ": "
                    + e.getCause().getMessage());
        }
        values = later;
        Map<String, ResolvedValue> all = new LinkedHashMap<>(plan.site().variables());
        all.putAll(changed);
        Site site = new Site(all, plan.site().runId(), plan.site().runStamp());
        Map<String, String> shown = new LinkedHashMap<>(site.shown());
        shown.keySet().retainAll(changed.keySet());
        return new Outcome.Changed(new Plan(plan.runbook(), site, plan.digest()), shown);
    }
}
