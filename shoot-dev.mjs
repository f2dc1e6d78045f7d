import { chromium } from 'playwright-core';
const base='http://127.0.0.1:3977';
const out='/tmp/shots';
const only=process.argv[2]?.split(',');
const browser = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync']});
const api=async(ctx,method,path,data)=>{const r=await ctx.request.fetch(base+path,{method,data,headers:{origin:base}});const t=await r.text();if(!r.ok())console.log(method,path,r.status(),t.slice(0,300));return t?JSON.parse(t):null;};
const variants=(process.argv[3]??'en-light').split(',');
for(const variant of variants){
 const [lang,scheme,width]=variant.split('-');
 const ctx=await browser.newContext({viewport:{width:Number(width??1360),height:width?844:900},locale:lang==='fa'?'fa-IR':'en-GB'});
 await ctx.addInitScript(([l,s])=>{localStorage.setItem('switchboard.language',l);localStorage.setItem('switchboard.scheme',s);},[lang,scheme]);
 const page=await ctx.newPage();
 page.on('console',m=>{if(m.type()==='error'||m.type()==='warning')console.log(variant,'console',m.text().slice(0,300))});
 page.on('pageerror',e=>console.log(variant,'pageerror',e.message.slice(0,500)));
 const shot=async(name,full=true)=>{await page.waitForTimeout(500);await page.screenshot({path:`${out}/${name}-${variant}.png`,fullPage:full});const o=await page.evaluate(()=>document.documentElement.scrollWidth-innerWidth);if(o>0)console.log(variant,name,'overflow',o)};
 const want=n=>!only||only[0]==='all'||only.includes(n);
 await page.goto(base+'/'); await page.waitForLoadState('networkidle');
 if(want('signin')) await shot('signin');
 await api(ctx,'POST','/api/auth/sign-in/email',{email:'admin@example.com',password:'correct-horse-battery-9'});
 if(process.argv[4]==='seed'){
  await api(ctx,'PATCH','/api/admin/ai-providers/openrouter',{api_base_url:'http://127.0.0.1:4988/v1',api_key:'sk-or-good-key-1234'});
  await api(ctx,'POST','/api/admin/ai-providers',{slug:'big',name:'Big Catalog',api_base_url:'http://127.0.0.1:4988/big',api_key:'sk-1'});
  console.log(JSON.stringify(await api(ctx,'POST','/api/admin/ai-models/sync',{provider:'openrouter'})));
  console.log(JSON.stringify(await api(ctx,'POST','/api/admin/ai-models/sync',{provider:'big'})));
  await api(ctx,'POST','/api/admin/admins',{email:'sara@example.com',name:'سارا محمدی',role:'admin'});
  await api(ctx,'POST','/api/admin/tokens',{name:'Website',scopes:['generate','read']});
  const b=await api(ctx,'GET','/api/admin/ai-models/browse-models?provider=openrouter&capability=chat&limit=5');
  for(const m of b.models.slice(0,2)) await api(ctx,'POST','/api/admin/ai-models/select-model',{provider:'openrouter',capability:'chat',model_id:m.id});
  for(let i=0;i<4;i++) await api(ctx,'POST','/api/admin/ai/chat/send',{message:'hi '+i});
 }
 const go=async(p)=>{await page.goto(base+p);await page.waitForLoadState('networkidle');};
 for(const [name,path] of [['overview','/'],['providers','/providers'],['providers-list','/providers?view=list'],['provider','/providers/openrouter'],['provider-new','/providers/new'],['models','/models'],['models-selected','/models?tab=selected'],['models-history','/models?tab=history'],['playground','/playground/chat'],['playground-content','/playground/content'],['playground-image','/playground/image'],['playground-audio','/playground/audio'],['usage','/usage'],['people','/people'],['tokens','/tokens'],['audit','/audit'],['settings','/settings'],['settings-security','/settings/security'],['settings-appearance','/settings/appearance']])
  if(want(name)){await go(path);await shot(name,!path.startsWith('/models')||path.includes('tab'));}
 if(want('select')){await go('/models?provider=openrouter');const n=await page.locator('[class*=select]:not([disabled])').count();await page.getByRole('table').getByRole('button',{name:/Select |انتخاب /}).nth(2).click();await shot('select',false);}
 if(want('xss')){await go('/models?provider=openrouter');await page.getByRole('textbox',{name:/Search models|جستجوی مدل/}).fill('evil');await page.waitForTimeout(300);await shot('xss',false);await page.locator('[data-column=name] button').nth(1).click();await shot('xss-drawer',false);console.log('xss',await page.evaluate(()=>window.__xss));}
 if(want('chat')){await go('/playground/chat');await page.getByRole('textbox',{name:/^(Message|پیام)/}).fill('Hello there, show me what you can do');await page.keyboard.press('Enter');await page.waitForTimeout(2500);await shot('chat',false);console.log('xss',await page.evaluate(()=>window.__xss));}
 await ctx.close();
}
await browser.close();
