package dev.runbook.engine;

import dev.runbook.endpoint.Endpoints;
import dev.runbook.fact.FactAsker;
import dev.runbook.plan.Absences;
import dev.runbook.plan.Binder;
import dev.runbook.plan.Plan;
import dev.runbook.site.SiteScope;
import dev.runbook.template.Scope;

/** The workers of one run, put together. */
record Parts(
        Scope scope,
        Binder binder,
        Absences absences,
        Conditions conditions,
        Asking asking,
        Conditions.Proof proof,
        Attempts tasks,
        Performer performer,
        Dialogue dialogue,
        Recorder recorder,
        RunControl control) {

    static Parts of(Plan plan, World world, Recorder recorder) {
        Endpoints endpoints = world.endpoints();
        Scope scope = SiteScope.of(plan.site());
        FactAsker facts = new FactAsker(
                plan.runbook(), plan.site(), scope, endpoints, world.control().cancellation());
        Conditions conditions = new Conditions(plan.runbook(), plan.site(), facts, recorder, world);
        Binder binder = new Binder(plan.site());
        Performer performer = new Performer(endpoints, world.control().cancellation());
        Conditions.Proof proof = new Conditions.Proof(conditions, binder, performer);
        Attempts.Sending sending = new Attempts.Sending(facts, binder, performer, recorder, world);
        Attempts tasks = new Attempts(sending, proof, binder, recorder, world);
        Dialogue dialogue = new Dialogue(world.operator(), recorder);
        Asking asking = new Asking(dialogue, recorder);
        return new Parts(
                scope,
                binder,
                new Absences(plan.runbook(), plan.site()),
                conditions,
                asking,
                proof,
                tasks,
                performer,
                dialogue,
                recorder,
                world.control());
    }
}
