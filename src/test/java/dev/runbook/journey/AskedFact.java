package dev.runbook.journey;

import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.language.Fact;
import dev.runbook.rehearsal.scene.Scene;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A fact that a run asked.
 *
 * @param begun the event with which its step began
 * @param at the event that tells the answer
 * @param sent whether the step had sent something by then
 */
record AskedFact(String step, Phase phase, Fact fact, int begun, int at, boolean sent) {
    /** One that no retry helps against. */
    private static final Scene.FaultSpec.Complaint FORBIDDEN =
            new Scene.FaultSpec.Complaint(229, "The SELECT permission was denied. (A fault of the test.)");

    /** Those of a run, each once for each thing that its answer decides. */
    static List<AskedFact> of(Recording whole) {
        Map<List<Object>, AskedFact> all = new LinkedHashMap<>();
        int begun = 0;
        boolean sent = false;
        for (int i = 0; i < whole.moments.size(); i++) {
            RunEvent event = whole.moments.get(i).entry().event();
            if (event instanceof RunEvent.StepBegun) {
                begun = i;
                sent = false;
            }
            sent |= event instanceof RunEvent.Sent;
            if (event instanceof RunEvent.FactAsked asked) {
                Fact fact = whole.steps.facts().get(asked.fact());
                if (hasNobodyToAsk(fact, asked, whole)) {
                    continue;
                }
                all.putIfAbsent(
                        List.of(asked.step(), asked.phase(), asked.fact(), sent),
                        new AskedFact(asked.step(), asked.phase(), fact, begun, i, sent));
            }
        }
        return List.copyOf(all.values());
    }

    /** A fact for each answer of a server that is not there asks nothing. */
    private static boolean hasNobodyToAsk(Fact fact, RunEvent.FactAsked asked, Recording whole) {
        return asked.finding().rows().isEmpty()
                && fact.forEach()
                        .map(name -> whole.steps.facts().get(name.text()))
                        .filter(each -> each.source() instanceof Fact.Source.Reachable)
                        .isPresent();
    }

    /** What the answer decides, in words. */
    String decides() {
        String key = phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return sent ? key + " afterwards" : key;
    }

    /** What can go wrong where it is asked; nothing where no answer is an answer. */
    List<Scene.FaultSpec.Kind> kinds() {
        if (fact.source() instanceof Fact.Source.Query) {
            return List.of(Scene.FaultSpec.Kind.ERROR_BEFORE, Scene.FaultSpec.Kind.DROP, Scene.FaultSpec.Kind.HANG);
        }
        if (fact.source() instanceof Fact.Source.Cmdlet) {
            return List.of(
                    Scene.FaultSpec.Kind.ERROR_BEFORE, Scene.FaultSpec.Kind.KILL_SHELL, Scene.FaultSpec.Kind.HANG);
        }
        return fact.source() instanceof Fact.Source.Files
                ? List.of(Scene.FaultSpec.Kind.ERROR_BEFORE, Scene.FaultSpec.Kind.DROP)
                : List.of();
    }

    /** One of them, in a rig. */
    Mishap in(Rig rig, Scene.FaultSpec.Kind kind) {
        if (fact.source() instanceof Fact.Source.Files files) {
            Path folder =
                    rig.ground().resolve(files.pattern().raw().contains("log_share") ? "log-share" : "copy-folder");
            return new FolderMishap(kind, folder, folder);
        }
        String at = fact.source() instanceof Fact.Source.Query query
                ? query.sql().raw().split("\\{\\{")[0].strip()
                : ((Fact.Source.Cmdlet) fact.source()).cmdlet().text();
        return new EstateMishap(rig.estate, new Scene.FaultSpec(at, Optional.empty(), kind, 1, FORBIDDEN));
    }
}
