package io.cnishift.simulator.world;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.aws.AwsBehaviours;
import io.cnishift.simulator.cni.CniBehaviours;
import io.cnishift.simulator.elb.ElbBehaviours;
import io.cnishift.simulator.kube.ApiBehaviours;
import io.cnishift.simulator.kube.admission.AdmissionChain;
import io.cnishift.simulator.kube.control.Controllers;
import io.cnishift.simulator.kube.kubelet.Kubelets;
import io.cnishift.simulator.kube.schedule.Scheduler;
import io.cnishift.simulator.net.NetBehaviours;
import io.cnishift.simulator.owner.ApplicationMakers;
import io.cnishift.simulator.owner.GitOpsReverts;
import io.cnishift.simulator.owner.SyncUnderWay;
import java.util.List;
import java.util.stream.Stream;

/** Every behaviour of the world, in the order of installation. */
public final class Behaviours {

    private Behaviours() {}

    /** All of them; each side of the world has its own list. */
    public static List<Behaviour> all() {
        return Stream.of(
                        AwsBehaviours.all(),
                        AdmissionChain.all(),
                        Controllers.all(),
                        ApiBehaviours.all(),
                        List.<Behaviour>of(new Scheduler()),
                        CniBehaviours.all(),
                        Kubelets.all(),
                        NetBehaviours.all(),
                        ElbBehaviours.all(),
                        List.<Behaviour>of(new GitOpsReverts(), new ApplicationMakers(), new SyncUnderWay()))
                .flatMap(List::stream)
                .toList();
    }
}
