package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.World;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of a world, by what they are asked for, with their calls counted. */
final class Ports {

    private final CountedPort kubernetes;
    private final CountedPort aws;
    private final CountedPort helm;
    private final World world;
    private long questions;

    Ports(World world) {
        this.world = world;
        this.kubernetes = new CountedPort(world.kubernetes());
        this.aws = new CountedPort(world.aws());
        this.helm = new CountedPort(world.helm());
    }

    Port of(Part.Source source) {
        return switch (source) {
            case KUBERNETES -> kubernetes;
            case AWS -> aws;
            case HELM -> helm;
        };
    }

    Port of(Act.Api api) {
        return switch (api) {
            case KUBERNETES -> kubernetes;
            case AWS -> aws;
            case HELM -> helm;
        };
    }

    /** Leaves an act to the owner of what it changes. */
    void leave(Act act) {
        world.owners().ask(act);
    }

    Answer ask(Question question) {
        questions++;
        return world.reach().ask(question);
    }

    /** Calls so far, by port. */
    Map<String, Long> calls() {
        Map<String, Long> calls = new LinkedHashMap<>();
        calls.put("kubernetes", kubernetes.calls());
        calls.put("aws", aws.calls());
        calls.put("helm", helm.calls());
        calls.put("reach", questions);
        return calls;
    }
}
