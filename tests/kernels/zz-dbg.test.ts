import { chromium } from 'playwright-core';
import { build } from 'vite';
import { join } from 'node:path';
import { it } from 'vitest';
import { inlineScran } from '/work/main/apps/web/inline-scran.mjs';
import { serveFolders } from '/work/main/packages/remnant/src/cli/serve-folders.js';
it('dbg', async () => {
  const root='/work/main';
  await build({ configFile:false, root: join(root,'tests/kernels'), base:'./', logLevel:'error',
    resolve:{alias:['engine','formats','kernels','report','host'].map((n)=>({find:new RegExp(`^@remnant/${n}$`),replacement:join(root,`packages/${n}/src/index.ts`)}))},
    build:{outDir:'/tmp/kern/ksite',target:'es2022',modulePreload:false,minify:false,emptyOutDir:true}, worker:{format:'iife',plugins:()=>[inlineScran()]}});
  const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--headless','--no-sandbox','--disable-gpu']});
  const s = await serveFolders([{prefix:'/',folder:'/tmp/kern/ksite'}]);
  const p = await b.newPage();
  p.on('console',m=>console.log('CONSOLE',m.type(),m.text())); p.on('pageerror',e=>console.log('PERR',e.message)); p.on('worker',w=>{console.log('worker',w.url()); });
  await p.goto(s.address);
  const r = await Promise.race([p.evaluate(()=>(globalThis as any).report.then((x:any)=>JSON.stringify(x),(e:any)=>'ERR '+e.message)), new Promise(r=>setTimeout(()=>r('TIMEOUT'),45000))]);
  console.log(String(r).slice(0,3000)); await b.close(); await s.close();
}, 100000);
