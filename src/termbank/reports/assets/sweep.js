(function(){
"use strict";
var tools=document.getElementById("tools"),list=document.getElementById("docs");
if(!tools||!list)return;
tools.hidden=false;
var docs=Array.prototype.slice.call(list.children),box=document.getElementById("q"),by=document.getElementById("by"),
out=document.getElementById("count"),template=out.getAttribute("data-text"),
order=new Intl.Collator("sv",{numeric:true}),waiting=0;
docs.forEach(function(each,place){each.rank=place});
function filter(){
var words=box.value.toLocaleLowerCase("sv").split(/\s+/).filter(Boolean),shown=0;
docs.forEach(function(each){
if(each.words===undefined)each.words=each.textContent.toLocaleLowerCase("sv");
var there=words.every(function(word){return each.words.indexOf(word)>=0});
each.hidden=!there;
if(there)shown++});
out.textContent=template.replace("{shown}",shown).replace("{count}",docs.length)}
function key(each){
if(by.value==="name")return each.querySelector("h3").textContent;
return each.getAttribute("data-"+by.value)||"\uffff"}
function sort(){
var keyed=docs.map(function(each){return{each:each,key:by.value==="rank"?"":key(each)}});
keyed.sort(function(a,b){return order.compare(a.key,b.key)||a.each.rank-b.each.rank});
keyed.forEach(function(one){list.appendChild(one.each)})}
box.addEventListener("input",function(){clearTimeout(waiting);waiting=setTimeout(filter,120)});
by.addEventListener("change",sort);
})();
