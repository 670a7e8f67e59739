import { decompressZstd } from '/work/main/packages/formats/src/codecs/zstd.ts';
import { decompressBlosc } from '/work/main/packages/formats/src/codecs/blosc.ts';
import { decompressFramedLz4 } from '/work/main/packages/formats/src/codecs/lz4.ts';
import { it, expect } from 'vitest';
import Zstd from 'numcodecs/zstd'; import Blosc from 'numcodecs/blosc'; import LZ4 from 'numcodecs/lz4';
function rnd(seed:number){ let s=seed; return ()=>{ s=(s*1664525+1013904223)>>>0; return s/2**32; }; }
function data(kind:number,n:number,seed:number){ const r=rnd(seed); const u=new Uint8Array(n); 
 if(kind===0) u.fill(7); else if(kind===1) for(let i=0;i<n;i++) u[i]=r()*256; else if(kind===2) for(let i=0;i<n;i++) u[i]=r()<0.8?0:Math.floor(r()*r()*20); else if(kind===3){ const f=new Float32Array(u.buffer,0,n>>2); for(let i=0;i<f.length;i++) f[i]=r()<0.7?0:Math.floor(r()*50);} else if (kind===4) { const w=['CD44','FOSL1','the ','quick','brown ','MYC-','\n']; let s=''; while(s.length<n) s+=w[Math.floor(r()*7)]+(r()<0.1?Math.floor(r()*1000):''); u.set(new TextEncoder().encode(s.slice(0,n))); } else { const f=new Int32Array(u.buffer,0,n>>2); for(let i=0;i<f.length;i++) f[i]=i*3+(r()*3|0);} return u; }
it('codecs', async()=>{ let count=0; const bad:any[]=[];
 for (const kind of [0,1,2,3,4,5]) for (const n of [0,1,5,100,1000,4096,70000,300000,1000004]) { const d=data(kind,n,kind*1000+n+1);
  for (const level of [1,3,9,19]) { const e=await Zstd.fromConfig({id:'zstd',level}).encode(d); try{ if(Buffer.compare(decompressZstd(e as Uint8Array),d)) bad.push(['zstd',kind,n,level,'diff']); }catch(x:any){bad.push(['zstd',kind,n,level,x.message, x.stack.split('\n')[1]])} count++; }
  const l=await LZ4.fromConfig({id:'lz4',acceleration:1}).encode(d); try{ if(n && Buffer.compare(decompressFramedLz4(l as Uint8Array),d)) bad.push(['lz4',kind,n]); }catch(x:any){bad.push(['lz4',kind,n,x.message])} count++;
  for (const cname of ['blosclz','lz4','lz4hc','zlib','zstd']) for (const shuffle of [0,1,2]) { let e; try { e=await Blosc.fromConfig({id:'blosc',clevel:5,cname,shuffle,blocksize:0} as any).encode(d);} catch(x:any){ bad.push(['enc',cname,shuffle,n,String(x).slice(0,80)]); continue;} try{ if(Buffer.compare(decompressBlosc(e as Uint8Array),d)) bad.push(['blosc',cname,shuffle,kind,n,'diff', e![3]]);}catch(x:any){bad.push(['blosc',cname,shuffle,kind,n,x.message])} count++; }
 } console.log(count,bad.length,JSON.stringify(bad.slice(0,20),null,0));
 const big=data(3,20_000_000,5); const e=await Zstd.fromConfig({id:'zstd',level:3}).encode(big); let t=performance.now(); decompressZstd(e as Uint8Array); console.log('zstd MB/s',20/((performance.now()-t)/1000)); 
},600000);
