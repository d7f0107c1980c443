package dev.runbook.fact;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.event.Finding;
import dev.runbook.event.Trouble;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.site.Bound;
import dev.runbook.site.Site;
import dev.runbook.template.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks facts, each time afresh. Changes nothing. */
public final class FactAsker {
    private final Runbook runbook;
    private final Site site;
    private final Scope scope;
    private final SourceReader sources;
    private final UsedColumns used;

    /**
     * An asker of the facts of a runbook.
     *
     * @param scope what tags in facts may name: the variables and the run
     * @param cancellation a request that comes while a fact is asked ends the question
     */
    public FactAsker(Runbook runbook, Site site, Scope scope, Endpoints endpoints, Cancellation cancellation) {
        this.runbook = runbook;
        this.site = site;
        this.scope = scope;
        this.used = UsedColumns.of(runbook);
        this.sources = new SourceReader(site, endpoints, used, cancellation);
    }

    /** Asks a fact once. */
    public Finding ask(String name) {
        Fact fact = runbook.facts().get(name);
        Items items = fact.forEach().map(this::items).orElseGet(() -> new Items.These(List.of(new Each.Once())));
        if (items instanceof Items.Unknown unknown) {
            return decided(Finding.cannotBeAsked(unknown.trouble()), unknown.decidedBy());
        }
        Items.These these = (Items.These) items;
        return decided(ask(fact, these.all()), these.decidedBy()).unlessDecided(name);
    }

    private static Finding decided(Finding finding, Optional<String> by) {
        return by.map(finding::unlessDecided).orElse(finding);
    }

    /** A finding as it is worth keeping: its first rows, and of the fifty columns of a backup header those that are looked at. */
    public Finding worthKeeping(Finding finding) {
        return finding.shortened().narrowed(used::has);
    }

    /** A finding as it is worth reading: of each row first the columns that somebody looks at. */
    public Finding worthReading(Finding finding) {
        return finding.shortened().led(used::has);
    }

    /** What a {@code for-each} goes over: the rows of a fact, or the items of a list variable. */
    public Items items(Name name) {
        Fact fact = runbook.facts().get(name.text());
        if (fact != null) {
            Finding finding = ask(name.text());
            // a fact whose rows are not as expected has rows all the same, and these are gone over
            return finding.trouble()
                    .<Items>map(trouble -> new Items.Unknown(trouble, finding.decidedBy()))
                    .orElseGet(() -> new Items.These(
                            finding.rows().stream().<Each>map(Each.OfRow::new).toList(),
                            finding.rows().isEmpty() ? finding.decidedBy() : Optional.empty()));
        }
        Bound bound = site.find(name.text()).orElseGet(Bound.Absent::new);
        if (bound instanceof Bound.Plain plain && plain.value() instanceof Value.Items list) {
            return new Items.These(list.values().stream()
                    .<Each>map(item -> new Each.OfItem(item, plain.path()))
                    .toList());
        }
        return new Items.These(List.of());
    }

    private Finding ask(Fact fact, List<Each> items) {
        if (items.isEmpty()) {
            return Finding.notTrue(List.of(), List.of());
        }
        List<FoundRow> found = new ArrayList<>();
        List<Finding.Mismatch> missing = new ArrayList<>();
        for (Each each : items) {
            Reading reading = sources.read(fact, each, each.in(scope));
            if (reading instanceof Reading.Unknown unknown) {
                return Finding.cannotBeAsked(unknown.trouble());
            }
            if (reading instanceof Reading.NoAnswer none) {
                return Finding.notTrue(
                        List.of(), List.of(new Finding.Mismatch("answer", firstSentence(none.why()), "one")));
            }
            List<Row> rows = ((Reading.Rows) reading).rows();
            if (rows.isEmpty() && each instanceof Each.OfItem item) {
                missing.add(new Finding.Mismatch(item.item().text(), "nothing", "a row"));
            }
            rows.forEach(row -> found.add(new FoundRow(row, each)));
        }
        return judge(fact, found, missing);
    }

    private static String firstSentence(String message) {
        int end = message.indexOf(". ");
        return end < 0 ? message : message.substring(0, end);
    }

    private Finding judge(Fact fact, List<FoundRow> found, List<Finding.Mismatch> missing) {
        List<FoundRow> ordered = RowOrder.of(fact).sort(found);
        List<Row> rows = ordered.stream().map(FoundRow::row).toList();
        Judgement judgement = Judgement.of(fact, ordered, scope);
        if (judgement instanceof Judgement.Unknown unknown) {
            return Finding.cannotBeAsked(unknown.trouble());
        }
        List<Finding.Mismatch> mismatches = new ArrayList<>(missing);
        mismatches.addAll(((Judgement.Compared) judgement).mismatches());
        boolean holds = !rows.isEmpty() && mismatches.isEmpty();
        return holds ? Finding.found(rows) : Finding.notTrue(rows, mismatches);
    }

    /** What a {@code for-each} goes over. */
    public sealed interface Items {
        /**
         * These, perhaps none.
         *
         * @param decidedBy the fact that has no rows, where there are none
         */
        record These(List<Each> all, Optional<String> decidedBy) implements Items {
            /** Copies the list. */
            public These {
                all = List.copyOf(all);
            }

            /** These, of no fact. */
            public These(List<Each> all) {
                this(all, Optional.empty());
            }
        }

        /**
         * Nobody knows.
         *
         * @param decidedBy the fact that cannot be asked
         */
        record Unknown(Trouble trouble, Optional<String> decidedBy) implements Items {}
    }
}
