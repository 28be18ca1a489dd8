package org.example.maxeni;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Whether nodes keep to the cap. Only looks; {@code cnishift verify} asks it of any cluster, so one without a cap is skipped. */
final class CapHeldProbe implements Probe {

    static final String CODE = "MAXENI-HELD";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public String title() {
        return "Nodes have no more interfaces than MAX_ENI, but for those in use";
    }

    @Override
    public List<Question> ask(View view) {
        return List.of();
    }

    @Override
    public Result judge(View view, Map<Question, Answer> answers) {
        OptionalInt cap = cap(view);
        if (cap.isEmpty()) {
            return new Result(ProbeStatus.SKIPPED, "MAX_ENI is not set", "");
        }
        int maxEni = cap.getAsInt();
        List<NodeInterfaces> nodes = NodeInterfaces.of(view);
        List<String> beyond = nodes.stream()
                .filter(n -> n.interfaces().size()
                        > Math.max(maxEni, n.interfaces().size() - n.idle().size()))
                .map(n -> n.node().name())
                .toList();
        if (!beyond.isEmpty()) {
            return new Result(
                    ProbeStatus.FAIL,
                    Count.of(beyond.size(), "node has", "nodes have") + " idle interfaces beyond " + maxEni + ": "
                            + String.join(", ", beyond),
                    "set WARM_ENI_TARGET=0 as well, for MAX_ENI alone gives nothing back");
        }
        int held = nodes.stream().mapToInt(n -> n.heldBeyond(maxEni)).sum();
        return new Result(
                ProbeStatus.PASS,
                "at most " + Count.of(maxEni, "interface") + " on " + Count.of(nodes.size(), "node")
                        + (held == 0 ? "" : ", and " + held + " more that pods hold"),
                "");
    }

    private static OptionalInt cap(View view) {
        String text = VpcCni.of(view)
                .map(cni -> cni.env().getOrDefault(AwsNodeEnv.MAX_ENI, ""))
                .orElse("");
        return text.matches("[1-9][0-9]{0,3}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
