import { generateMonth } from './data/generator/generate-month.ts';
import { expectedDetections } from './test/data/generator/expected-detections.ts';
for (const seed of [20260301,1,2,3,4,5,6,7,8,9,10,11]) { const m=generateMonth({seed});
 const labels=JSON.stringify(m.labels.flatMap(l=>l.expected).filter(e=>e.runAt).sort((a,b)=>a.runAt!<b.runAt!?-1:a.runAt!>b.runAt!?1:a.rule<b.rule?-1:1));
 for (const min of seed===20260301?[6,36,38,39]:[6]) { const d=expectedDetections({gateway:m.tables.get('ApiManagementGatewayLogs')!,firewall:m.tables.get('AGWFirewallLogs')!},m.from,m.until,{minimumBaselineWindows:min});
 console.log(seed,min,JSON.stringify(d)===labels); if(JSON.stringify(d)!==labels) for(const x of d) console.log('  ',x.runAt,x.rule,JSON.stringify(x.key),JSON.stringify(x.figures)); } 
}
